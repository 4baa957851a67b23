#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/pod.yaml" '/name: shell/,$ s/runAsUser: 10001/runAsUser: 10002/'
echo "promise 2: the container shell runs as a different user, so it sees demo-app but cannot send it a signal"
