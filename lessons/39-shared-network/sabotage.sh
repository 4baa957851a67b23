#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/pod.yaml" 's/-p 8081/-p 127.0.0.1:8081/'
echo "promise 3: the server of the container pages listens on 127.0.0.1 only, so another Pod cannot reach it"
