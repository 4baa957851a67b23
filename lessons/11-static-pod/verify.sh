#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/on-node
plan 4

# The notes that the lesson took: of the mirror the source, owner, UID and age, of the container the start and restarts.
note() { kubectl exec on-node -- tail -n 1 "/tmp/$1" 2>/dev/null; }
read -r source owner mirror created started restarts <<<"$(note before)"
read -r _ _ mirror_after created_after started_after restarts_after <<<"$(note after)"

# Only the mirror that a kubelet makes has a source, and its node as owner.
from_file() { [ "$source" = file ] && [ "$owner" = Node ]; }
promise "a file on the node became a Pod that belongs to no controller, but to the node" \
  "source: $source, owner: $owner" from_file

same_container() {
  [ -n "$mirror_after" ] && [ "$mirror_after" != "$mirror" ] && [ "$restarts_after" = "$restarts" ] &&
    [[ "$started_after" == *T*Z ]] && [ "$started_after" = "$started" ]
}
promise "the mirror was deleted and came back, and the container ran on" \
  "mirrors of $created and $created_after, container of $started and $started_after" same_container

answered=$(note service)
found() { grep -q '^static-web-' <<<"$answered"; }
promise "a Service finds the static Pod by its labels, as any other Pod" "answered by: $answered" found

file=/etc/kubernetes/manifests/$(get pod/on-node .metadata.namespace).yaml
left() {
  kubectl exec on-node -- sh -c "[ ! -e $file ] || echo $file"
  kubectl get pods -l app=static-web -o name
}
ended() { [ -n "$mirror" ] && [ -z "$(left)" ]; }
wait_until 30 ended
promise "without the file there is no Pod" "left: $(left)" ended
