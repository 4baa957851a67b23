#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/failing-hook.yaml" 's/exit 7/exit 0/'
echo "promise 3: the hook says that it cannot register, but ends with exit code 0, so the container stays"
