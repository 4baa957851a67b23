#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/pod.yaml" 's#command: .*#command: [sh, -c, "cat /tmp/ready 2>/dev/null"]#'
echo "promise 2: the probe throws its error message away, so the event does not say why it failed"
