#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/service.yaml" 's/app: static-web/app: web/'
echo "promise 3: the Service selects app=web, so it does not select the static Pod"
