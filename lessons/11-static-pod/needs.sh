#!/usr/bin/env bash
# If this cluster cannot play the lesson, prints the reason in one line.
set -uo pipefail
cd "$(dirname "$0")" || exit 1
. ../lesson.sh

folder=/etc/kubernetes/manifests
leave() { # removes the objects that this script created
  ./cleanup.sh
  kubectl delete pod on-node --ignore-not-found --now >/dev/null 2>&1
}
trap leave EXIT
skip() {
  tr -s '\n ' ' ' <<<"$*"
  echo
  exit 1
}

refused=$(kubectl apply -f on-node.yaml 2>&1 >/dev/null) ||
  skip "the cluster does not allow Pods to mount a folder of their node: $refused"
kubectl wait --for=condition=Ready pod/on-node --timeout=60s >/dev/null 2>&1 ||
  skip "a Pod cannot mount the folder $folder of its node:" \
    "$(kubectl get events --field-selector involvedObject.name=on-node,type=Warning \
      -o jsonpath='{.items[0].message}' 2>/dev/null)"
refused=$(kubectl exec on-node -- sh -c "touch $folder/.$NAMESPACE && rm $folder/.$NAMESPACE" 2>&1) ||
  skip "the folder $folder of the node is not writable: $refused"

# The kubelet's configuration names the folder. Without permission to read it, write a file and wait for its Pod.
node=$(get pod/on-node .spec.nodeName)
if configuration=$(kubectl get --raw "/api/v1/nodes/$node/proxy/configz" 2>/dev/null); then
  path=$(sed -n 's/.*"staticPodPath":"\([^"]*\)".*/\1/p' <<<"$configuration")
  [ "${path%/}" = $folder ] || skip "the kubelet of node $node reads ${path:-no folder}; this lesson needs $folder"
else
  kubectl create --dry-run=client -o yaml -f static-web.yaml |
    kubectl exec -i on-node -- tee "$folder/$NAMESPACE.yaml" >/dev/null 2>&1
  appeared() { [ -n "$(kubectl get pods -l app=static-web -o name)" ]; }
  wait_until 60 appeared || skip "the kubelet did not create a Pod from a file in $folder within 60 s"
fi
