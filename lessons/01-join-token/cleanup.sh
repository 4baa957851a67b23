#!/usr/bin/env bash
# Removes what the lesson made outside its namespace: its tokens, by their description, and its rights.
set -uo pipefail

: "${NAMESPACE:?is not set}"
# Whoever may not delete tokens did not play this lesson.
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
