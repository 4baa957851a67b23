#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/pods.yaml" '/name: crashing/,$ s/restartPolicy: Always/restartPolicy: Never/'
echo "promise 5: restartPolicy is Never, so the container does not restart, and the Pod has Failed"
