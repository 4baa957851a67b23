#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/pod.yaml" 's/failureThreshold: 3/failureThreshold: 2/'
echo "promise 1: failureThreshold is 2, so the container is restarted after 2 failures"
