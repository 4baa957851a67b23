#!/usr/bin/env bash
set -eu
address=$(kubectl get pod web -o jsonpath='{.status.podIP}')
# Kubernetes 1.20 knows EndpointSlices as v1beta1 only.
version=$(kubectl api-versions | sed -n 's#^discovery.k8s.io/##p' | head -n 1)
sed -e "s/ADDRESS/$address/" -e "s#k8s.io/v1#k8s.io/$version#" endpointslice.yaml | kubectl apply -f -
