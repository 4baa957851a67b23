#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/service.yaml" 's/sessionAffinity: None/sessionAffinity: ClientIP/'
echo "promise 4: with sessionAffinity ClientIP, all requests of one client go to the same Pod"
