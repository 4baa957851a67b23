#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

pod=pod/liveness-grpc
need "$pod"
plan 3

# The last container's exit code, and what it said at its end, as the kubelet keeps them:
# 143 liveness failed from 10.0s; 3 probes ok, 3 failed; SIGTERM after 19.1s
# One that was killed because it was slow to start has seen no failure: then the next one counts.
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

# The container is killed again and again; while it waits to be restarted, nobody can ask it.
running() { [ -n "$(get $pod "$container.state.running")" ]; }
asked() { # by what: the third column, after PROBE and WHEN
  by=$(ask liveness-grpc probes/liveness/history |
    awk '$1 + 0 && $2 ~ /Z$/ { print $3 }' | sort -u | tr '\n' ' ')
  [ -n "$by" ]
}
wait_until 60 asked || { running && wait_until 30 asked; }
text="the kubelet asks by gRPC, and in no other way"
if running || [ -n "$by" ]; then
  promise "$text" "by $by" test "$by" = "grpc "
else
  skip "$text" "the container waits to be restarted, so it cannot be asked now"
fi
