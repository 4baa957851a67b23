#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/startup-http
need pod/startup-never
plan 4

# The slow program: which probes it got.
ready() { [ "$(of startup-http ready)" = true ]; }
wait_until 90 ready
restarts=$(of startup-http restartCount)
promise "the slow program had enough time to start" "ready: $(of startup-http ready), restarts: $restarts" \
  test "$(of startup-http ready) $restarts" = "true 0"

probes() { # probes PROBE RESULT: the number of these probes with this result
  ask startup-http metrics |
    awk -v probe="probe=\"$1\"" -v result="result=\"$2\"" '
      /^lab_probe_requests_total/ && index($0, probe) && index($0, result) { sum += $NF }
      END { print sum + 0 }'
}
# Its liveness fails until it has started, so an early liveness probe would have failed.
was_asked() { [ "$(probes liveness ok)" -ge 1 ]; }
wait_until 30 was_asked
failed=$(probes liveness fail)
asked=$(was_asked && echo asked)
promise "no liveness probe ran during the start" "liveness: $(probes liveness ok) ok, $failed failed" \
  test "$asked, $failed failed" = "asked, 0 failed"

succeeded=$(probes startup ok)
promise "the startup probe stopped after its first success" \
  "startup: $(probes startup fail) failed, $succeeded ok" \
  test "$succeeded" = 1

# The program that never starts: its web server logs one line per request.
wait_until 120 restarted startup-never
# The kubelet cannot read the log of a container that it is just replacing.
counted() {
  failures=$(kubectl logs startup-never --previous 2>/dev/null | grep -c 'response:404')
  [ "$failures" -gt 0 ]
}
failures=0
wait_until 30 counted
promise "the kubelet killed the program that never starts after exactly 5 failures" \
  "the previous container got $failures probes, restarts: $(of startup-never restartCount)" \
  test "$failures" = 5
