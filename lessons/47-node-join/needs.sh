#!/usr/bin/env bash
# If this cluster cannot play the lesson, prints the reason in one line.
set -uo pipefail
cd "$(dirname "$0")" || exit 1
. ../lesson.sh

if ! command -v kubeadm >/dev/null; then
  echo "kubeadm is not on the PATH; play this lesson on a control plane node"
  exit 1
fi
for verb in create list get delete; do
  may $verb secrets -n kube-system
done
if ! kubectl -n kube-public get configmap cluster-info >/dev/null 2>&1; then
  echo "no ConfigMap named 'cluster-info' in kube-public; this lesson needs a cluster created by kubeadm"
  exit 1
fi

[ -n "${LAB_JOIN_NODE:-}" ] || exit 0
may delete nodes
if ! answer=$(./on-node.sh "kubeadm version -o short" 2>&1); then
  echo "cannot run kubeadm on LAB_JOIN_NODE=$LAB_JOIN_NODE: $(tail -n 1 <<<"$answer")"
  exit 1
fi
if ./on-node.sh "test -e /etc/kubernetes/kubelet.conf" >/dev/null 2>&1; then
  echo "LAB_JOIN_NODE=$LAB_JOIN_NODE already belongs to a cluster; run 'kubeadm reset' there"
  exit 1
fi
