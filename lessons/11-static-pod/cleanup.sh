#!/usr/bin/env bash
# The file on the node is not in the namespace: removes it, however far the lesson came, and waits for the static pod's end.
set -uo pipefail
cd "$(dirname "$0")" || exit 1
. ../lesson.sh

file=/etc/kubernetes/manifests/${NAMESPACE:?is the namespace of the lesson}.yaml
mirrors() { kubectl get pods -l app=static-web -o name 2>/dev/null; }
gone() { [ -z "$(mirrors)" ]; }
remove() { kubectl exec on-node -- rm -f "$file"; }

if ! remove >/dev/null 2>&1; then
  gone && exit 0 # without the Pod on-node and without a static pod there is no file
  # The Pod on-node is gone, but not the file: another one, on the node of the static pod.
  node=$(kubectl get pods -l app=static-web -o jsonpath='{.items[0].spec.nodeName}')
  kubectl delete pod on-node --ignore-not-found --now >/dev/null 2>&1
  sed "s/^spec:\$/&\\
  nodeName: $node/" on-node.yaml | kubectl apply -f - >/dev/null 2>&1
  wait_until 60 remove || { echo "cannot remove $file on node $node: remove it there by hand" >&2; exit 1; }
fi
# An old kubelet leaves the mirror of a Pod that had ended before. Without the file nothing brings it back.
wait_until 60 gone || kubectl delete pods -l app=static-web --now >/dev/null
