#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/restart-always
plan 4

wait_until 120 restarted restart-always 3

# One look while the kubelet holds the container back:
# Running, CrashLoopBackOff: back-off 40s restarting failed container=…
seen=
held_back() {
  seen=$(kubectl get pod restart-always -o \
    jsonpath="{.status.phase}, {$container.state.waiting.reason}: {$container.state.waiting.message}")
  grep -q ': back-off ' <<<"$seen"
}
wait_until 60 held_back

code=$(of restart-always lastState.terminated.exitCode)
reason=$(of restart-always lastState.terminated.reason)
success_restarts() { restarted restart-always 3 && [ "$code $reason" = "0 Completed" ]; }
promise "a container that ended with 0 is started again, and each restart counts" \
  "$(of restart-always restartCount) restarts, last exit code $code, $reason" \
  success_restarts

# The program's own record, a line per restart: started again 17 s after the end
waits=
recorded() {
  waits=$(kubectl logs restart-always | sed -n 's/^started again \([0-9]*\) s.*/\1/p')
  [ "$(wc -l <<<"$waits")" -ge 3 ]
}
wait_until 10 recorded
second=$(sed -n 2p <<<"$waits") third=$(sed -n 3p <<<"$waits")
waited() { [ "$second" -ge 10 ] && [ "$third" -ge 20 ]; }
grows="the second restart comes after 10 s or more, the third after 20 s or more"
goes_on="after the third restart the kubelet holds it back for 40 s or longer"
if [ "${second:-10}" -lt 10 ] || grep -Eq ': back-off [1-3]?[0-9]s ' <<<"$seen"; then
  skip "$grows" "this node is configured to wait less: $second s, $third s"
  skip "$goes_on" "this node is configured to wait less: ${seen#*: }"
else
  promise "$grows" "the program was started again after $(tr '\n' ' ' <<<"$waits")s" waited
  promise "$goes_on" "${seen#*: }" grep -Eq ': back-off ([45][0-9]s|[0-9]+m[0-9]+s) ' <<<"$seen"
fi

promise "the Pod stays Running" "${seen%%:*}" grep -q '^Running,' <<<"$seen"
