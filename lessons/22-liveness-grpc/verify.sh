#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

pod=pod/liveness-grpc
container='.status.containerStatuses[0]'
need "$pod"
plan 3

restarted() { [ "$(get $pod "$container.restartCount")" -ge 1 ]; }
wait_until 60 restarted

# What the program said at its end, as the kubelet keeps it:
# liveness failed from 10.0s; 3 probes ok, 3 failed; SIGTERM after 19.1s
last_words=$(get $pod "$container.lastState.terminated.message")
promise "the container was restarted after exactly 3 failures" "its last words: $last_words" \
  grep -q 'ok, 3 failed' <<<"$last_words"

exit_code=$(get $pod "$container.lastState.terminated.exitCode")
promise "the kubelet ended it with SIGTERM, within the grace period" "exit code $exit_code" \
  test "$exit_code" = 143

# The columns of the history: PROBE, WHEN, BY, ...
history() { kubectl exec liveness-grpc -- wget -qO- localhost:8080/probes/liveness/history; }
by() { history | awk '$1 + 0 && $3 ~ /^[a-z]+$/ && $2 ~ /Z$/ { print $3 }' | sort -u | tr '\n' ' '; }
by_grpc() { [ "$(by)" = "grpc " ]; }
wait_until 60 by_grpc
promise "the kubelet asks by gRPC, and in no other way" "by $(by)" \
  by_grpc
