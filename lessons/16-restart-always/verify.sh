#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/restart-always
plan 4

wait_until 120 restarted restart-always 3

# The status while the kubelet delays the restart:
# Running, CrashLoopBackOff: back-off 40s restarting failed container=…
seen=
delayed() {
  seen=$(kubectl get pod restart-always -o \
    jsonpath="{.status.phase}, {$container.state.waiting.reason}: {$container.state.waiting.message}")
  grep -q ': back-off ' <<<"$seen"
}
wait_until 60 delayed

code=$(of restart-always lastState.terminated.exitCode)
reason=$(of restart-always lastState.terminated.reason)
success_restarts() { restarted restart-always 3 && [ "$code $reason" = "0 Completed" ]; }
promise "the kubelet restarts a container that exited with 0, and RESTARTS counts each restart" \
  "$(of restart-always restartCount) restarts, last exit code $code, $reason" \
  success_restarts

# The program's own record, one line per restart: started again 17 s after the end
waits=
recorded() {
  waits=$(kubectl logs restart-always | sed -n 's/^started again \([0-9]*\) s.*/\1/p')
  [ "$(wc -l <<<"$waits")" -ge 3 ]
}
wait_until 10 recorded
second=$(sed -n 2p <<<"$waits") third=$(sed -n 3p <<<"$waits")
waited() { [ "$second" -ge 10 ] && [ "$third" -ge 20 ]; }
grows="the second restart comes after 10 s or more, the third after 20 s or more"
fourth="after the third restart, the kubelet waits for 40 s or longer"
if [ "${second:-10}" -lt 10 ] || grep -Eq ': back-off [1-3]?[0-9]s ' <<<"$seen"; then
  skip "$grows" "this node is configured for shorter delays: $second s, $third s"
  skip "$fourth" "this node is configured for shorter delays: ${seen#*: }"
else
  promise "$grows" "the program restarted after $(tr '\n' ' ' <<<"$waits")s" waited
  promise "$fourth" "${seen#*: }" grep -Eq ': back-off ([45][0-9]s|[0-9]+m[0-9]+s) ' <<<"$seen"
fi

promise "the phase of the Pod stays Running" "${seen%%:*}" grep -q '^Running,' <<<"$seen"
