#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

pod=pod/readiness-exec
need "$pod"
need pod/client
plan 4

# The client sends one request per second.
was_silent() { [ "$(longest_silence)" -ge 2 ]; }
wait_until 30 was_silent
promise "without the file, requests to the Service failed" \
  "answers, then $(longest_silence) requests in a row without an answer, then answers again" \
  was_silent

# The event of a failed exec probe contains the output of the command.
reason() {
  kubectl get events --field-selector involvedObject.name=readiness-exec,reason=Unhealthy \
    -o jsonpath='{range .items[*]}{.message}{"\n"}{end}' | grep '^Readiness probe failed' | head -n 1
}
promise "the event shows why the Pod was not ready" "$(reason)" \
  grep -q "can't open '/tmp/ready'" <<<"$(reason)"

is_in() { [ "$(endpoints readiness-exec)" = "$(get $pod .status.podIP)" ]; }
wait_until 30 is_in
promise "with the file, the endpoint is back in the Service" "ready: $(endpoints readiness-exec)" is_in

restarts=$(get $pod '.status.containerStatuses[0].restartCount')
promise "the container did not restart" "restarts: $restarts" \
  test "$restarts" = 0
