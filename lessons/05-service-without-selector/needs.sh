#!/usr/bin/env bash
# By default, even the administrator of a namespace has no permission to write EndpointSlices.
if ! kubectl auth can-i create endpointslices.discovery.k8s.io >/dev/null 2>&1; then
  echo "missing permission: create endpointslices in this namespace"
  exit 1
fi

# Services and Pods get addresses of the cluster's primary IP family.
address=$(kubectl create service clusterip ip-family --tcp=80 -o jsonpath='{.spec.clusterIP}' 2>/dev/null)
kubectl delete service ip-family >/dev/null 2>&1
case $address in
*:*)
  echo "endpointslice.yaml needs an IPv4 address, but the Pods of this cluster have IPv6 addresses"
  exit 1
  ;;
esac
