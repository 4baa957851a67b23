#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/pod.yaml" 's#command: .*#command: [test, -e, /tmp/ready]#'
echo "promise 2: the probe is test -e, which prints nothing, so the event does not show the reason"
