#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/pod.yaml" 's/exit 0/exit 1/'
echo "promise 1: the program exits with 1, so the kubelet restarts it after a failure, not after a success"
