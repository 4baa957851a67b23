#!/usr/bin/env bash
set -uo pipefail
. "$(dirname "$0")/../lesson.sh"

if ! command -v openssl >/dev/null; then
  echo "openssl is not on the PATH; install it"
  exit 1
fi

may create certificatesigningrequests.certificates.k8s.io
may delete certificatesigningrequests.certificates.k8s.io
may update certificatesigningrequests.certificates.k8s.io --subresource=approval
may approve signers.certificates.k8s.io/kubernetes.io/kube-apiserver-client
may create roles
may create rolebindings
