#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/pod.yaml" 's#path: /healthz#path: /readyz#'
echo "promise 3: the liveness probe uses the path of the readiness probe, so the kubelet restarts the container"
