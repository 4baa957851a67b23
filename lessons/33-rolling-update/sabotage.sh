#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/careful.yaml" 's/type: RollingUpdate/type: Recreate/'
echo "promise 1: the strategy is Recreate, so the old Pod stops before the new one starts"
