#!/usr/bin/env bash
# Even the administrator of a namespace may not write endpoints by default.
if ! kubectl auth can-i create endpointslices.discovery.k8s.io >/dev/null 2>&1; then
  echo "you may not create EndpointSlices in this namespace"
  exit 1
fi

# A Service gets an address of the cluster's first IP family, as Pods do.
address=$(kubectl create service clusterip ip-family --tcp=80 -o jsonpath='{.spec.clusterIP}' 2>/dev/null)
kubectl delete service ip-family >/dev/null 2>&1
case $address in
*:*)
  echo "endpointslice.yaml holds an IPv4 address, and Pods of this cluster have IPv6 addresses"
  exit 1
  ;;
esac
