#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/pod.yaml" 's/dns:mydb/dns:myservice/'
echo "promise 2: the second init container queries DNS for myservice, so no container waits for mydb"
