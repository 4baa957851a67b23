#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/budget.yaml" 's/minAvailable: 2/maxUnavailable: 1/'
echo "promise 2: maxUnavailable is 1 for any number of replicas, so one of two Pods can be evicted"
