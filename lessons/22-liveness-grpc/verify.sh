#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

pod=pod/liveness-grpc
need "$pod"
plan 3

# The exit code and the termination message of the previous container, as the kubelet stores them:
# 143 liveness failed from 10.0s; 3 probes ok, 3 failed; SIGTERM after 19.1s
# A container that was killed because it started slowly has no failure in its message: then use the next one.
ended() {
  local last="$container.lastState.terminated"
  termination=$(kubectl get $pod -o jsonpath="{$last.exitCode} {$last.message}")
  grep -q 'ok, [1-9][0-9]* failed' <<<"$termination"
}
wait_until 90 ended
promise "the container was restarted after exactly 3 failures" \
  "restarts: $(of liveness-grpc restartCount), termination message: ${termination#* }" \
  grep -q 'ok, 3 failed' <<<"$termination"

promise "the kubelet ended it with SIGTERM, within the grace period" "exit code ${termination%% *}" \
  grep -q '^143 ' <<<"$termination"

# The kubelet kills the container again and again. While it waits for a restart, it cannot answer.
running() { [ -n "$(get $pod "$container.state.running")" ]; }
asked() { # the column BY is the third one, after PROBE and WHEN
  by=$(ask liveness-grpc probes/liveness/history |
    awk '$1 + 0 && $2 ~ /Z$/ { print $3 }' | sort -u | tr '\n' ' ')
  [ -n "$by" ]
}
wait_until 60 asked || { running && wait_until 30 asked; }
text="the kubelet probes only over gRPC"
if running || [ -n "$by" ]; then
  promise "$text" "by $by" test "$by" = "grpc "
else
  skip "$text" "the container waits for a restart and cannot answer now; run verify.sh again later"
fi
