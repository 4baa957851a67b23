#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

pod=pod/liveness-tcp
container='.status.containerStatuses[0]'
need "$pod"
plan 3

# The program never hears of a refused connection, so the kubelet's own Events are the evidence.
events() { # events REASON WORDS: how often the kubelet said so
  kubectl get events --field-selector "involvedObject.name=liveness-tcp,reason=$1" \
    -o jsonpath='{range .items[*]}{.count} {.message}{"\n"}{end}' |
    awk -v words="$2" '/^[0-9]/ && index($0, words) { sum += $1 } END { print sum + 0 }'
}
count() {
  failures=$(events Unhealthy "Liveness probe failed")
  refused=$(events Unhealthy "Liveness probe failed: dial tcp")
  kills=$(events Killing "failed liveness probe")
  restarts=$(get $pod "$container.restartCount")
  [ "$restarts" -ge 1 ] && [ "$kills" -ge "$restarts" ]
}
wait_until 60 count
promise "the container was restarted after exactly 3 refused connections" \
  "Events: $refused refused, $kills restart" test "$refused $kills $restarts" = "3 1 1"

# What the program said at its end, as the kubelet keeps it:
# liveness failed from 12.4s; 8 probes ok, 5 failed, refused connections not seen; SIGTERM after 28.2s
# The failed ones that it has seen came while it hung: connections that the kubelet took for a success.
last_words=$(get $pod "$container.lastState.terminated.message")
hung=$(sed -n 's/.* \([0-9]*\) failed, refused connections not seen.*/\1/p' <<<"$last_words")
unnoticed() { [ "$hung" -ge 4 ] && [ "$failures" = "$refused" ]; }
promise "a program that hangs passes a TCP probe" \
  "$hung probes while it hung, $((failures - refused)) reported as failed; its last words: $last_words" unnoticed

exit_code=$(get $pod "$container.lastState.terminated.exitCode")
promise "the kubelet ended it with SIGTERM, within the grace period" "exit code $exit_code" \
  test "$exit_code" = 143
