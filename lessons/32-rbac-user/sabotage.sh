#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/role.yaml" 's/resources: \[pods\]/resources: ["*"]/'
echo "promise 4: the Role allows all resources instead of Pods, so Alice may also read Secrets"
