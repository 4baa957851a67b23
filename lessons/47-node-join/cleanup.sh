#!/usr/bin/env bash
# Removes what the lesson made outside its namespace: the new node, if there is one, and the token.
set -uo pipefail
cd "$(dirname "$0")" || exit 1

rm -f join-command
: "${NAMESPACE:?set it to the namespace of this lesson}"
# The file contains the machine on which join.sh began to join, even if this failed.
if [ -s joining ]; then
  LAB_JOIN_NODE=$(cat joining)
  export LAB_JOIN_NODE
  kubectl delete node "$NAMESPACE" --ignore-not-found >/dev/null
  if ./on-node.sh "kubeadm reset --force" >/dev/null 2>&1; then
    rm joining
  else
    echo "cannot reset $LAB_JOIN_NODE; run 'kubeadm reset' there" >&2
  fi
fi
# Without permission to delete tokens, this lesson cannot have been played.
kubectl auth can-i delete secrets -n kube-system >/dev/null 2>&1 || exit 0
template='{{range .items}}{{.metadata.name}} {{with .data.description}}{{base64decode .}}{{end}}{{"\n"}}{{end}}'
kubectl -n kube-system get secrets --field-selector type=bootstrap.kubernetes.io/token -o go-template="$template" |
  while read -r secret description; do
    [ "$description" != "podlab lesson $NAMESPACE" ] ||
      kubectl -n kube-system delete secret "$secret" --ignore-not-found </dev/null >/dev/null
  done
