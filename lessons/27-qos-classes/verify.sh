#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/guaranteed pod/burstable pod/best-effort pod/limits-only
plan 5

class() { get "pod/$1" .status.qosClass; }
promise "a Pod with requests equal to its limits is Guaranteed" "$(class guaranteed)" \
  test "$(class guaranteed)" = Guaranteed
promise "a Pod with only a request is Burstable" "$(class burstable)" test "$(class burstable)" = Burstable
promise "a Pod without requests and limits is BestEffort" "$(class best-effort)" test "$(class best-effort)" = BestEffort

requests() { get pod/limits-only ".spec.containers[0].resources.requests.$1"; }
limits() { get pod/limits-only ".spec.containers[0].resources.limits.$1"; }
copied() {
  [ "$(class limits-only)" = Guaranteed ] && [ -n "$(requests cpu)" ] &&
    [ "$(requests cpu)" = "$(limits cpu)" ] && [ "$(requests memory)" = "$(limits memory)" ]
}
promise "a Pod with only limits gets equal requests and is Guaranteed" \
  "$(class limits-only), requests $(requests cpu) and $(requests memory)" copied

# The kernel never kills a process with -1000, and first kills a process with 1000.
score() { kubectl exec "$1" -- cat /proc/1/oom_score_adj; }
running() { score guaranteed && score burstable && score best-effort; }
wait_until 60 running
guaranteed=$(score guaranteed) burstable=$(score burstable) best_effort=$(score best-effort)
in_order() { [ "$best_effort" -gt "$burstable" ] && [ "$burstable" -gt "$guaranteed" ]; }
promise "when memory runs out, the kernel kills BestEffort first, then Burstable, then Guaranteed" \
  "oom_score_adj $best_effort, $burstable, $guaranteed" in_order
