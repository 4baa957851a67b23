#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/pod.yaml" 's/optional: false/optional: true/'
echo "promise 2: the ConfigMap is optional, so the container starts without the ConfigMap"
