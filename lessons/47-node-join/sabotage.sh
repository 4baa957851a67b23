#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/lesson.md" 's/--ttl 1h/--ttl 0/'
echo "promise 1: the token is created with a TTL of 0, so it never expires"
