#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/limits-only.yaml" 's/^      resources:$/      resources:\
        requests:\
          memory: 32Mi/'
echo "promise 4: a memory request below the limit makes the Pod Burstable"
