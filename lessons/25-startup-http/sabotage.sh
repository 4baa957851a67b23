#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/never.yaml" 's/failureThreshold: 5/failureThreshold: 3/'
echo "promise 4: failureThreshold is 3, so the kubelet kills the program after 3 failures"
