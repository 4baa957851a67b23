#!/usr/bin/env bash
# Deletes the certificate request, which is not in the namespace of this lesson, and the files of Alice.
set -uo pipefail

: "${NAMESPACE:?set it to the namespace of this lesson}"
cd "$(dirname "$0")" || exit 1
rm -f alice.key alice.csr alice.crt alice.kubeconfig answers.txt
# Without this permission, this lesson cannot have been played.
kubectl auth can-i delete certificatesigningrequests.certificates.k8s.io >/dev/null 2>&1 || exit 0
kubectl delete certificatesigningrequests -l "podlab.io/lesson=$NAMESPACE" >/dev/null
