#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/pod.yaml" 's#mountPath: /etc/settings$#mountPath: /etc/settings/greeting\
          subPath: greeting#'
echo "promise 2: the file is mounted with subPath instead of the whole volume, so it keeps the old value"
