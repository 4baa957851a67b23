#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/pod.yaml" 's|> /pages/index.html|> /tmp/index.html|'
echo "promise 1: the writer writes to /tmp, which is not in the volume, so the server does not find the page"
