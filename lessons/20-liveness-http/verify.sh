#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

pod=pod/liveness-http
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

history() { kubectl exec liveness-http -- wget -qO- localhost:8080/probes/liveness/history; }
probed() { history | grep -q 'Custom-Header: Awesome'; }
wait_until 30 probed
promise "each probe carries the header of the manifest" "$(history | grep -o 'Custom-Header.*' | head -n 1)" \
  probed
