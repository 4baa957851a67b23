#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/never.yaml" 's/restartPolicy: Never/restartPolicy: OnFailure/'
echo "promise 3: the restart policy is OnFailure, so the kubelet restarts the init container and the Pod does not fail"
