#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/demo.yaml" '/lifecycle:/,/command:/d'
echo "promise 1: the Pod has no hook, so SIGTERM comes while the Pod still gets requests"
