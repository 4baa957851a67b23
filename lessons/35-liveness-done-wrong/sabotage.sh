#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/right.yaml" 's#\[cat, /tmp/alive\]#[nc, -w, "2", database, "5432"]#'
echo "promise 2: the liveness probe asks the database here too, so the kubelet restarts these replicas"
