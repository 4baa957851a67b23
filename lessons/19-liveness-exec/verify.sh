#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

pod=pod/liveness-exec
container='.status.containerStatuses[0]'
need "$pod"
plan 3

# The program never hears of an exec probe, so the kubelet's own Events are the evidence.
events() { # events REASON WORDS: how often the kubelet said so
  kubectl get events --field-selector "involvedObject.name=liveness-exec,reason=$1" \
    -o jsonpath='{range .items[*]}{.count} {.message}{"\n"}{end}' |
    awk -v words="$2" '/^[0-9]/ && index($0, words) { sum += $1 } END { print sum + 0 }'
}
count() {
  failures=$(events Unhealthy "Liveness probe failed: cat: can't open")
  kills=$(events Killing "failed liveness probe")
  restarts=$(get $pod "$container.restartCount")
  [ "$restarts" -ge 1 ] && [ "$kills" -ge "$restarts" ]
}
wait_until 60 count
promise "the container was restarted after exactly 3 failures" \
  "Events: $failures failures, $kills restart" test "$failures $kills $restarts" = "3 1 1"

exit_code=$(get $pod "$container.lastState.terminated.exitCode")
promise "the shell took no notice of SIGTERM, and was killed after the grace period" "exit code $exit_code" \
  test "$exit_code" = 137

healthy() { kubectl exec liveness-exec -- cat /tmp/healthy && [ -n "$(get $pod "$container.state.running.startedAt")" ]; }
wait_until 30 healthy
promise "the new container is healthy: its program has made the file again" \
  "$(kubectl exec liveness-exec -- ls -l /tmp/healthy 2>&1)" healthy
