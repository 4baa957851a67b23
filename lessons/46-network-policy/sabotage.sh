#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/allow.yaml" 's/role: friend/app: client/'
echo "promise 4: the policy allows all Pods with the label app=client, so the stranger gets answers, too"
