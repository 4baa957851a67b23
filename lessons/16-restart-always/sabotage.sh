#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/pod.yaml" 's/exit 0/exit 1/'
echo "promise 1: the program ends with 1, so what is restarted is a failure, not a success"
