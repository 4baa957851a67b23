#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/pods.yaml" '/name: succeeds/,/^---/ s/restartPolicy: OnFailure/restartPolicy: Always/'
echo "promise 1: restartPolicy is Always, so the kubelet restarts the container although it exited with 0"
