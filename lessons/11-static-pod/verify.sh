#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/on-node
plan 4

# What the lesson recorded: source, owner, UID and creation time of the mirror Pod,
# start time and restarts of the container.
note() { kubectl exec on-node -- tail -n 1 "/tmp/$1" 2>/dev/null; }
read -r source owner mirror created started restarts <<<"$(note before)"
read -r _ _ mirror_after created_after started_after restarts_after <<<"$(note after)"

# Only a mirror Pod has a source, and its node as owner.
from_file() { [ "$source" = file ] && [ "$owner" = Node ]; }
promise "the kubelet created a Pod from a file; its owner is the node, not a controller" \
  "source: $source, owner: $owner" from_file

same_container() {
  [ -n "$mirror_after" ] && [ "$mirror_after" != "$mirror" ] && [ "$restarts_after" = "$restarts" ] &&
    [[ "$started_after" == *T*Z ]] && [ "$started_after" = "$started" ]
}
promise "the mirror Pod was deleted and created again, and the container kept running" \
  "mirror Pods created at $created and $created_after, container started at $started and $started_after" same_container

answered=$(note service)
found() { grep -q '^static-web-' <<<"$answered"; }
promise "a Service selects the static Pod by its labels, like any other Pod" "answered by: $answered" found

file=/etc/kubernetes/manifests/$(get pod/on-node .metadata.namespace).yaml
left() {
  kubectl exec on-node -- sh -c "[ ! -e $file ] || echo $file"
  kubectl get pods -l app=static-web -o name
}
ended() { [ -n "$mirror" ] && [ -z "$(left)" ]; }
wait_until 30 ended
promise "after the file is removed, the Pod is gone" "still there: $(left | grep . || echo nothing)" ended
