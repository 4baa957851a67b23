#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/services.yaml" '/clusterIP: None/d'
echo "promise 1: demo-headless gets a ClusterIP, and DNS returns that address"
