#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/statefulset.yaml" 's/kind: StatefulSet/kind: Deployment/;/serviceName:/d'
echo "promise 2: db is a Deployment, so its new Pod has a new name"
