#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/pod.yaml" '/LAB_TOKEN_ALLOW_FOREVER/{n;s/true/false/;}'
echo "promise 2: LAB_TOKEN_ALLOW_FOREVER is false, so token-service does not create a token that never expires"
