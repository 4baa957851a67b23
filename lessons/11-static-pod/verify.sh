#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/on-node
plan 4

# The notes that the lesson took: where the pod came from, the mirror's UID and age, the container's start and restarts.
note() { kubectl exec on-node -- tail -n 1 "/tmp/$1" 2>/dev/null; }
read -r source mirror created started restarts <<<"$(note before)"
read -r _ mirror_after created_after started_after restarts_after <<<"$(note after)"

scheduled=$(kubectl get events --field-selector reason=Scheduled -o jsonpath='{range .items[*]}{.involvedObject.name}{"\n"}{end}' | sort -u)
from_file() { [ "$source" = file ] && grep -q on-node <<<"$scheduled" && ! grep -q static-web <<<"$scheduled"; }
promise "a file on the node became a Pod, without the scheduler" "source: $source; scheduled: $scheduled" from_file

same_container() {
  [ -n "$mirror_after" ] && [ "$mirror_after" != "$mirror" ] && [ "$restarts_after" = "$restarts" ] &&
    [[ "$started_after" == *T*Z ]] && [ "$started_after" = "$started" ]
}
promise "the mirror was deleted and came back, and the container knew nothing of it" \
  "mirrors of $created and $created_after, container of $started and $started_after" same_container

endpoint=$(note service)
found() { grep -q '^static-web-' <<<"$endpoint"; }
promise "a Service finds the static Pod by its labels, as any other Pod" "endpoint: $endpoint" found

file=/etc/kubernetes/manifests/$(get pod/on-node .metadata.namespace).yaml
left() {
  kubectl exec on-node -- sh -c "[ ! -e $file ] || echo $file"
  kubectl get pods -l app=static-web -o name
}
ended() { [ -n "$mirror" ] && [ -z "$(left)" ]; }
wait_until 30 ended
promise "without the file there is no Pod" "left: $(left)" ended
