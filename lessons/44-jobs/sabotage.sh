#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/parts.yaml" 's/parallelism: 2/parallelism: 4/'
echo "promise 1: parallelism is 4, so all four Pods run at the same time"
