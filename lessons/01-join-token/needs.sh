#!/usr/bin/env bash
set -uo pipefail

may() { # may VERB RESOURCE [-n NAMESPACE]
  kubectl auth can-i "$@" >/dev/null 2>&1 && return
  echo "you may not $*"
  exit 1
}

for verb in create list get delete; do
  may $verb secrets -n kube-system
done
for namespace in kube-system kube-public; do
  may create roles -n $namespace
  may create rolebindings -n $namespace
done
may create clusterrolebindings
may create tokenreviews
may create subjectaccessreviews

if ! kubectl -n kube-public get configmap cluster-info >/dev/null 2>&1; then
  echo "kube-public has no ConfigMap cluster-info: kubeadm did not make this cluster"
  exit 1
fi
