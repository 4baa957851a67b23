#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/post-start.yaml" 's#"sleep 5; \(.*\); sleep 1"#"(sleep 20; \1) >/dev/null 2>\&1 \&"#'
echo "promise 2: the hook works in the background and returns immediately, so the probes start before the work is done"
