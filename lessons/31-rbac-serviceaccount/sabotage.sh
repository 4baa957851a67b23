#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/role.yaml" '/resourceNames/d'
echo "promise 2: the Role has no resourceNames, so the account may read all ConfigMaps of the namespace"
