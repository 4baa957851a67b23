#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

pod=pod/liveness-tcp
need "$pod"
plan 3

# The program does not notice a refused connection, so the kubelet's own Events are the evidence.
# They live for one hour by default. On a busy node a connection may also time out: that is a failure, too.
count() {
  failures=$(events liveness-tcp Unhealthy "Liveness probe failed")
  refused=$(events liveness-tcp Unhealthy "Liveness probe failed: dial tcp .*: connection refused")
  kills=$(events liveness-tcp Killing "failed liveness probe")
  restarts=$(get $pod "$container.restartCount")
  [ "$restarts" -ge 1 ] && { [ "$kills" -ge "$restarts" ] || expired; }
}
expired() { [ "${restarts:-0}" -ge 1 ] && [ "$(events liveness-tcp)" = 0 ]; }
wait_until 60 count
exactly_3="the container was restarted after exactly 3 failures"
refusals() { [ "$failures $kills $restarts" = "3 1 1" ] && [ "$refused" -ge 1 ]; }
if expired; then
  skip "$exactly_3" "the Events have expired"
else
  promise "$exactly_3" "Events: $failures failures, connection refused in $refused, $kills restart" refusals
fi

# What the program said at its end, as the kubelet keeps it:
# liveness failed from 12.4s; 8 probes ok, 5 failed, refused connections not seen; SIGTERM after 28.2s
# The failed ones that it has seen came while it hung: more than three, and yet it lived until its port was closed.
last_words=$(get $pod "$container.lastState.terminated.message")
hung=$(sed -n 's/.* \([0-9]*\) failed, refused connections not seen.*/\1/p' <<<"$last_words")
unnoticed() { [ "$hung" -ge 4 ] && [[ "$last_words" == "liveness failed"* ]]; }
promise "a program that hangs passes a TCP probe" "$hung probes while it hung; its last words: $last_words" unnoticed

exit_code=$(get $pod "$container.lastState.terminated.exitCode")
promise "the kubelet ended it with SIGTERM, within the grace period" "exit code $exit_code" \
  test "$exit_code" = 143
