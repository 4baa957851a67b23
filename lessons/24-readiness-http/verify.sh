#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

pod=pod/readiness-http
need "$pod"
need pod/client
plan 3

# The condition ready of the Service's endpoint: true, false or empty.
endpoint_ready() {
  kubectl get endpointslices -l kubernetes.io/service-name=readiness-http \
    -o jsonpath='{.items[*].endpoints[*].conditions.ready}'
}
is_out() { [ "$(endpoint_ready)" = false ]; }
is_in() { [ "$(endpoint_ready)" = true ]; }

# It is ready for 15 seconds, then not ready for 15 seconds, and so on. Half a minute shows both.
seen=""
wait_until 90 is_out && seen="ready: false"
wait_until 90 is_in && seen="${seen:+$seen, then }ready: true"
promise "the endpoint becomes not ready, and then ready again" "$seen" \
  test "$seen" = "ready: false, then ready: true"

# The client sends one request per second, or one per four seconds where its requests time out.
was_silent() { [ "$(longest_silence)" -ge 3 ]; }
wait_until 60 was_silent
promise "while the endpoint was not ready, requests to the Service failed" \
  "answers, then $(longest_silence) requests in a row without an answer, then answers again" \
  was_silent

restarts=$(get $pod '.status.containerStatuses[0].restartCount')
promise "the container did not restart" "restarts: $restarts" \
  test "$restarts" = 0
