#!/usr/bin/env bash
# Deletes the files that the lesson made, if it stopped before its last step.
set -uo pipefail
cd "$(dirname "$0")" || exit 1

rm -f mebibyte quarter quarter.yaml
