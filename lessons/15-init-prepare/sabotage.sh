#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/pod.yaml" 's/mountPath: \/content/mountPath: \/html/'
echo "promise 1: the app mounts the volume at /html but serves /content, so it does not find the page"
