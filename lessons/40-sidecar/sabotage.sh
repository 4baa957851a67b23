#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/pod.yaml" '/startupProbe:/,/failureThreshold:/d'
echo "promise 1: the sidecar has no startup probe, so the main container starts before the sidecar is ready"
