#!/usr/bin/env bash
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/pod.yaml" 's/exit 3/exit 4/'
echo "promise 2: the container ends with another exit code"
