#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/service.yaml" 's/^spec:$/&\
  clusterIP: None/'
echo "promise 3: with clusterIP None, the Service has no ClusterIP"
