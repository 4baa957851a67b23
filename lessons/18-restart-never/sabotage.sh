#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/pods.yaml" '/name: exit-1/,/^---/ s/restartPolicy: Never/restartPolicy: OnFailure/'
echo "promise 2: restartPolicy is OnFailure, so the kubelet restarts the container that exited with 1"
