#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/access.yaml" 's/name: view/name: edit/'
echo "promise 5: the account has the ClusterRole edit, which may also read Secrets"
