#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/over-request.yaml" 's/memory: 1000Gi/memory: 32Mi/'
echo "promise 1: the limit is 32Mi, so the program is killed although only its request was meant to be small"
