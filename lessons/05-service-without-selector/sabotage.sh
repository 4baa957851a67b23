#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/endpointslice.yaml" 's/port: 8080/port: 80/'
echo "promise 3: the endpoint has the Service's port, not the Pod's, so the connection is refused"
