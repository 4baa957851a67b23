#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need deployment/careful deployment/careless pod/client-of-careful pod/client-of-careless
plan 3

summary() { kubectl logs "client-of-$1" --tail=20 | grep -E '[0-9]+ answered, [0-9]+ failed'; }
answers() { kubectl logs "client-of-$1" --tail=20 | grep -c '^  [0-9]* by '; }
wait_until 30 summary careful
wait_until 30 summary careless

none_lost() { grep -q ' 0 failed' <<<"$(summary careful)" && [ "$(answers careful)" -eq 2 ]; }
promise "with a readiness probe (and a preStop hook), no request failed, and both versions answered" \
  "$(summary careful) by $(answers careful) Pods" none_lost

# 104 failed: connection refused, the first at 10:00:01.123, the last at 10:00:11.456
refused=$(kubectl logs client-of-careless --tail=20 | sed -n 's/^  \([0-9]* failed: connection refused.*\)/\1/p')
promise "without them, requests failed: the new Pod refused the connections" \
  "$(summary careless): ${refused:-none refused}" test -n "$refused"

pod=$(kubectl get pods -l app=careless --field-selector=status.phase=Running \
  --sort-by=.metadata.creationTimestamp -o name | tail -n 1)
ready=$(get "$pod" '.status.conditions[?(@.type=="Ready")].lastTransitionTime')
listening=$(kubectl exec "${pod#pod/}" -- wget -qO- localhost:8080/lifecycle |
  sed -n 's/^listening  *\([0-9T:.-]*\)Z.*/\1/p')
first=$(sed -n 's/.* the first at \([0-9:.]*\),.*/\1/p; s/.*, at \([0-9:.]*\)$/\1/p' <<<"$refused")
too_early() { # The first failure comes between the two times. -1: the clocks of two nodes can differ a little.
  [ "$first" ] && at_least -1 "$(seconds "${ready%Z}" "$first")" &&
    at_least 0 "$(seconds "$first" "$listening")" && at_least 3 "$(seconds "${ready%Z}" "$listening")"
}
promise "the reason: Kubernetes counted the new Pod as ready before its program listened" \
  "ready from $ready, listening from ${listening}Z, first failure $first" too_early
