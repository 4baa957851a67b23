#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

pod=pod/readiness-http
need "$pod"
need pod/client
plan 3

# What the Service sends requests to: true, or false, or nothing.
endpoint_ready() {
  kubectl get endpointslices -l kubernetes.io/service-name=readiness-http \
    -o jsonpath='{.items[*].endpoints[*].conditions.ready}'
}
is_out() { [ "$(endpoint_ready)" = false ]; }
is_in() { [ "$(endpoint_ready)" = true ]; }

# It is ready for 15 seconds, not ready for 15, and so on: both are seen in half a minute.
seen=""
wait_until 90 is_out && seen="ready: false"
wait_until 90 is_in && seen="${seen:+$seen, then }ready: true"
promise "the endpoint goes out of the Service and comes back" "$seen" \
  test "$seen" = "ready: false, then ready: true"

# The client asks once a second, or every four seconds where nobody refuses its requests.
was_silent() { [ "$(longest_silence)" -ge 3 ]; }
wait_until 60 was_silent
promise "while it was out, requests to the Service got no answer" \
  "answers, $(longest_silence) requests in a row without one, answers again" \
  was_silent

restarts=$(get $pod '.status.containerStatuses[0].restartCount')
promise "the container was never restarted" "restarts: $restarts" \
  test "$restarts" = 0
