#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

pod=pod/liveness-exec
need "$pod"
plan 3

# The program does not see an exec probe, so the evidence is in the kubelet's Events.
# By default they expire after one hour.
count() {
  failures=$(events liveness-exec Unhealthy "Liveness probe failed")
  kills=$(events liveness-exec Killing "failed liveness probe")
  restarts=$(get $pod "$container.restartCount")
  [ "$restarts" -ge 1 ] && { [ "$kills" -ge "$restarts" ] || expired; }
}
expired() { [ "${restarts:-0}" -ge 1 ] && [ "$(events liveness-exec)" = 0 ]; }
wait_until 60 count
exactly_3="the container was restarted after exactly 3 failures"
if expired; then
  skip "$exactly_3" "the Events have expired"
else
  promise "$exactly_3" "Events: $failures failures, $kills restart" test "$failures $kills $restarts" = "3 1 1"
fi

exit_code=$(get $pod "$container.lastState.terminated.exitCode")
promise "the shell ignored SIGTERM, and the kubelet killed it after the grace period" "exit code $exit_code" \
  test "$exit_code" = 137

healthy() {
  kubectl exec liveness-exec -- cat /tmp/healthy && [ -n "$(get $pod "$container.state.running.startedAt")" ]
}
wait_until 30 healthy
promise "the new container is healthy: its program created the file again" \
  "$(kubectl exec liveness-exec -- ls -l /tmp/healthy 2>&1)" healthy
