#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/immutable.yaml" 's/immutable: true/immutable: false/'
echo "promise 3: the ConfigMap colors is not immutable, so its data can change"
