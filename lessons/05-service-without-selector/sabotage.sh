#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

# Only the Service begins with its ports.
edit "$1/web.yaml" 's/^  ports:$/  selector: {app: web}\
&/'
echo "promise 1: the Service has a selector, so a controller creates a second, empty EndpointSlice"
