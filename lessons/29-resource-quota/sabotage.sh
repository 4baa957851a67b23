#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/deployment.yaml" 's/memory: 32Mi/memory: 24Mi/'
echo "promise 3: each Pod of the Deployment requests only 24Mi, so all four Pods fit into the quota"
