#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/hpa.yaml" 's/stabilizationWindowSeconds: 0/stabilizationWindowSeconds: 300/'
echo "promise 4: the autoscaler waits for 300 s before it removes replicas, so they are still there"
