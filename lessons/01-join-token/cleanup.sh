#!/usr/bin/env bash
# Deletes the objects of this lesson outside its namespace: tokens (found by their description), roles and bindings.
set -uo pipefail

: "${NAMESPACE:?set it to the namespace of this lesson}"
# Without permission to delete tokens, this lesson cannot have been played.
kubectl auth can-i delete secrets -n kube-system >/dev/null 2>&1 || exit 0

template='{{range .items}}{{.metadata.name}} {{with .data.description}}{{base64decode .}}{{end}}{{"\n"}}{{end}}'
kubectl -n kube-system get secrets --field-selector type=bootstrap.kubernetes.io/token -o go-template="$template" |
  while read -r secret description; do
    [ "$description" != "podlab lesson $NAMESPACE" ] ||
      kubectl -n kube-system delete secret "$secret" --ignore-not-found </dev/null >/dev/null
  done
for namespace in kube-system kube-public; do
  kubectl -n $namespace delete rolebindings,roles -l "podlab.io/lesson=$NAMESPACE" >/dev/null
done
kubectl delete clusterrolebindings -l "podlab.io/lesson=$NAMESPACE" >/dev/null
