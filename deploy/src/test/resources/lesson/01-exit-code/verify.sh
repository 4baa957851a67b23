#!/usr/bin/env bash
set -uo pipefail
. "$(dirname "$0")/../lesson.sh"

need pod/exit-code
plan 2
phase=$(get pod/exit-code .status.phase)
promise "the Pod has failed" "its phase: $phase" test "$phase" = Failed
exit_code=$(get pod/exit-code '.status.containerStatuses[0].state.terminated.exitCode')
promise "its exit code is kept" "exit code $exit_code" test "$exit_code" = 3
