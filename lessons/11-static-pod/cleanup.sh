#!/usr/bin/env bash
# Removes the file on the node, which is outside the namespace, and waits until the static Pod is gone.
# Works after every step of the lesson.
set -uo pipefail
cd "$(dirname "$0")" || exit 1
. ../lesson.sh

file=/etc/kubernetes/manifests/${NAMESPACE:?is the namespace of the lesson}.yaml
mirrors() { kubectl get pods -l app=static-web -o name 2>/dev/null; }
gone() { [ -z "$(mirrors)" ]; }
remove() { kubectl exec on-node -- rm -f "$file"; }

if ! remove >/dev/null 2>&1; then
  gone && exit 0 # neither the Pod on-node nor a static Pod exists, so there is no file
  # The Pod on-node is gone, but the file is still there: create on-node again, on the node of the static Pod.
  node=$(kubectl get pods -l app=static-web -o jsonpath='{.items[0].spec.nodeName}')
  kubectl delete pod on-node --ignore-not-found --now >/dev/null 2>&1
  sed "s/^spec:\$/&\\
  nodeName: $node/" on-node.yaml | kubectl apply -f - >/dev/null 2>&1
  wait_until 60 remove || { echo "cannot remove $file on node $node; remove it by hand" >&2; exit 1; }
fi
# An old kubelet keeps the mirror of a Pod that has ended. Without the file, it does not create the mirror again.
wait_until 60 gone || kubectl delete pods -l app=static-web --now >/dev/null
