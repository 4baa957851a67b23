#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need poddisruptionbudget/web statefulset/web pod/web-0
: "${NAMESPACE:?set it to the namespace of this lesson}"
cd "$(dirname "$0")" || exit 1
plan 3

created() { get "$1" .metadata.creationTimestamp; }
budget=$(created poddisruptionbudget/web)
replaced() { # replaced POD: whether it is younger than the budget; at first, all Pods were older
  [[ $(created "pod/$1") > $budget ]]
}
# The last step of the lesson deletes a Pod. Its replacement starts a few seconds later.
settled() { replaced web-1 && [ "$(get poddisruptionbudget/web .status.currentHealthy)" = 2 ]; }
wait_until 60 settled

promise "with one healthy Pod more than the budget needs, an eviction is allowed" \
  "budget since $budget, web-0 since $(created pod/web-0)" replaced web-0

# A dry run checks the budget, too, but evicts nothing.
answer=$(kubectl create --raw "/api/v1/namespaces/$NAMESPACE/pods/web-0/eviction?dryRun=All" -f eviction.json 2>&1)
status=$(kubectl get poddisruptionbudget web -o \
  jsonpath='{.status.currentHealthy} healthy, {.status.desiredHealthy} needed, {.status.disruptionsAllowed} allowed')
promise "with as many healthy Pods as the budget needs, an eviction is refused" "$status: $answer" \
  grep -q "TooManyRequests.*disruption budget" <<<"$answer"

promise "kubectl delete ignores the budget" \
  "budget since $budget, web-1 since $(created pod/web-1)" replaced web-1
