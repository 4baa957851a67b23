#!/usr/bin/env bash
# join.sh: reads a join command, and runs it on the new machine. The name of the new node is the lesson's namespace.
set -euo pipefail
cd "$(dirname "$0")"

: "${NAMESPACE:?set it to the namespace of this lesson}"
if [ -z "${LAB_JOIN_NODE:-}" ]; then
  echo "There is no second machine: LAB_JOIN_NODE is not set."
  exit
fi
echo "$LAB_JOIN_NODE" >joining # for cleanup.sh
./on-node.sh "$(cat) --node-name $NAMESPACE"
kubectl wait --for=condition=Ready "node/$NAMESPACE" --timeout=120s
