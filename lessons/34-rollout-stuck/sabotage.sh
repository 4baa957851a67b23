#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/version-two.yaml" 's/maxUnavailable: 0/maxUnavailable: 1/'
echo "promise 1: maxUnavailable is 1, so the rollout removes a Pod of version one before version two is ready"
