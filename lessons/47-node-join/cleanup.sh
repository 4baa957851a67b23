#!/usr/bin/env bash
# Removes what the lesson made outside its namespace: the new node, if there is one, and the token.
set -uo pipefail
. "$(dirname "$0")/../lesson.sh"
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
delete_tokens
