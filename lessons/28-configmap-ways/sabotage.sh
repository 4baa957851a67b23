#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/pod.yaml" 's#mountPath: /etc/settings$#mountPath: /etc/settings/greeting\
          subPath: greeting#'
echo "promise 2: the directory is made of files that are mounted by subPath, so none of them follows"
