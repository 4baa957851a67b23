#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/graceful.yaml" 's/exec demo-app/demo-app; echo ended/'
echo "promise 1: the program runs behind a shell, so SIGTERM does not reach it"
