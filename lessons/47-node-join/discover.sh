#!/usr/bin/env bash
# discover.sh: reads a join command, and runs it as far as discovery: kubeadm checks the cluster, and joins nothing.
# It runs on the new machine if LAB_JOIN_NODE is set, otherwise on this machine.
set -uo pipefail
cd "$(dirname "$0")" || exit 1

# The other preflight checks are about the machine. They are not needed to find the cluster, so their errors do not count.
output=$(./on-node.sh \
  "$(sed 's/^kubeadm join/timeout 60 kubeadm join phase preflight --v=1 --ignore-preflight-errors=all/')" 2>&1)
# kubeadm logs with klog: I1127 19:16:15.339043    7864 token.go:133] [discovery] Cluster info signature and …
grep -o -e '\[discovery\] Cluster info.*' -e "couldn't validate.*" <<<"$output" | head -n 1
