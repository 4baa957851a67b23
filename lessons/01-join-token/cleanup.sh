#!/usr/bin/env bash
# Deletes the objects of this lesson outside its namespace: tokens (found by their description), roles and bindings.
set -uo pipefail
. "$(dirname "$0")/../lesson.sh"

: "${NAMESPACE:?set it to the namespace of this lesson}"
delete_tokens
for namespace in kube-system kube-public; do
  kubectl -n $namespace delete rolebindings,roles -l "podlab.io/lesson=$NAMESPACE" >/dev/null
done
kubectl delete clusterrolebindings -l "podlab.io/lesson=$NAMESPACE" >/dev/null
