#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/limits.yaml" 's/memory: 128Mi/memory: 512Mi/'
echo "promise 4: the maximum is 512Mi, so the API server accepts a container with a limit of 256Mi"
