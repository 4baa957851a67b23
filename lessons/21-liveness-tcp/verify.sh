#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

pod=pod/liveness-tcp
need "$pod"
plan 3

# The program does not see a refused connection, so the evidence is in the kubelet's Events.
# By default they expire after one hour. On a busy node a connection may also time out, which is also a failure.
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

# The termination message of the program, as the kubelet stores it:
# liveness failed from 12.4s; 8 probes ok, 5 failed, refused connections not seen; SIGTERM after 28.2s
# It counts the probes during the hang as failed: more than three, but the container ran until its port was closed.
message=$(get $pod "$container.lastState.terminated.message")
hung=$(sed -n 's/.* \([0-9]*\) failed, refused connections not seen.*/\1/p' <<<"$message")
unnoticed() { [ "$hung" -ge 4 ] && [[ "$message" == "liveness failed"* ]]; }
promise "a TCP probe does not detect a program that hangs" "$hung probes during the hang, termination message: $message" \
  unnoticed

exit_code=$(get $pod "$container.lastState.terminated.exitCode")
promise "the kubelet ended it with SIGTERM, within the grace period" "exit code $exit_code" \
  test "$exit_code" = 143
