#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/thresholds.yaml" 's/successThreshold: 3/successThreshold: 1/'
echo "promise 4: successThreshold is 1, so the first success makes the container ready"
