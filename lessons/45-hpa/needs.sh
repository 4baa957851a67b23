#!/usr/bin/env bash
# If this cluster cannot play the lesson, prints the reason in one line.
set -uo pipefail

skip() {
  tr -s '\n ' ' ' <<<"$*"
  echo
  exit 1
}

# The API group exists only if someone has installed a metrics API. Its server may still be down.
versions=$(kubectl api-versions 2>/dev/null)
grep -q '^metrics\.k8s\.io/' <<<"$versions" ||
  skip "no metrics API: the API server does not have the group metrics.k8s.io; install metrics-server"
answer=$(kubectl get --raw "/apis/metrics.k8s.io/v1beta1/namespaces/$NAMESPACE/pods" 2>&1) ||
  skip "the metrics API does not answer: $answer"
