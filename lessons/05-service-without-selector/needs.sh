#!/usr/bin/env bash
# Even the administrator of a namespace may not write endpoints by default.
kubectl auth can-i create endpointslices.discovery.k8s.io >/dev/null 2>&1 && exit 0
echo "you may not create EndpointSlices in this namespace"
exit 1
