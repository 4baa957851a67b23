#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/too-long.yaml" 's/terminationGracePeriodSeconds: 5/terminationGracePeriodSeconds: 60/'
echo "promise 4: with a grace period of 60 s, the hook of 30 s runs to its end"
