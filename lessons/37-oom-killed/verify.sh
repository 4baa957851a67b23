#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/over-request pod/over-limit pod/no-room
plan 4

# The memory of the program in KiB; its request is 16 MiB.
used() { kubectl exec over-request -- grep VmRSS /proc/1/status | tr -cd 0-9; }
decided() { restarted over-request || [ "$(used)" -ge 100000 ]; }
wait_until 30 decided
memory=$(used 2>/dev/null)
lives() { [ "$memory" -gt 16384 ] && [ "$(of over-request restartCount)" = 0 ]; }
promise "a program that uses more memory than its request keeps running" \
  "request $(get pod/over-request '.spec.containers[0].resources.requests.memory'), used ${memory:-0} KiB, \
$(of over-request restartCount) restarts" lives

# While the container does not run for the moment, the last run is in lastState or in state.
killed() {
  local state
  for state in lastState state; do
    ending=$(of over-limit "$state.terminated.reason")
    code=$(of over-limit "$state.terminated.exitCode")
    [ "$ending $code" = "OOMKilled 137" ] && return
  done
  return 1
}
ending="" code=""
wait_until 60 killed
promise "a program that needs more memory than its limit is OOMKilled, with exit code 137" \
  "$ending, exit code $code, $(of over-limit restartCount) restarts" killed

# The kubelet cannot read the log of a container that it is just replacing.
silent() {
  log=$(kubectl logs over-limit --previous 2>/dev/null || kubectl logs over-limit)
  [ "$log" = starting ]
}
log=""
wait_until 30 silent
promise "the program could not react: nothing follows its first line in the log" "$log" test "$log" = starting

message() { get pod/no-room '.status.conditions[?(@.type=="PodScheduled")].message'; }
refused() { [ "$(phase no-room)" = Pending ] && grep -q 'Insufficient memory' <<<"$(message)"; }
wait_until 30 refused
promise "the scheduler compares the request, not the limit, with the memory of the nodes" \
  "$(phase no-room): $(message); the Pod with only a limit of that size is $(phase over-request)" refused
