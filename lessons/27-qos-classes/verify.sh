#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/guaranteed pod/burstable pod/best-effort pod/limits-only
plan 5

class() { get "pod/$1" .status.qosClass; }
promise "requests that equal the limits make a Pod Guaranteed" "$(class guaranteed)" \
  test "$(class guaranteed)" = Guaranteed
promise "a request alone makes it Burstable" "$(class burstable)" test "$(class burstable)" = Burstable
promise "no request and no limit make it BestEffort" "$(class best-effort)" test "$(class best-effort)" = BestEffort

requests() { get pod/limits-only ".spec.containers[0].resources.requests.$1"; }
limits() { get pod/limits-only ".spec.containers[0].resources.limits.$1"; }
copied() {
  [ "$(class limits-only)" = Guaranteed ] && [ -n "$(requests cpu)" ] &&
    [ "$(requests cpu)" = "$(limits cpu)" ] && [ "$(requests memory)" = "$(limits memory)" ]
}
promise "limits alone count as requests, too" \
  "$(class limits-only), requests $(requests cpu) and $(requests memory)" copied

# What the kernel was told: -1000 is never, 1000 is first.
score() { kubectl exec "$1" -- cat /proc/1/oom_score_adj; }
running() { score guaranteed && score burstable && score best-effort; }
wait_until 60 running
guaranteed=$(score guaranteed) burstable=$(score burstable) best_effort=$(score best-effort)
in_order() { [ "$best_effort" -gt "$burstable" ] && [ "$burstable" -gt "$guaranteed" ]; }
promise "when memory runs out, BestEffort goes first, then Burstable, then Guaranteed" \
  "oom_score_adj $best_effort, $burstable, $guaranteed" in_order
