#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need service/web
need pod/client
need pod/web
plan 3

slices() { kubectl get endpointslices -l kubernetes.io/service-name=web -o jsonpath="$1"; }

# A controller puts this label on each EndpointSlice that it creates. One that a person creates does not have it.
makers() { slices '{range .items[*]}{.metadata.labels.endpointslice\.kubernetes\.io/managed-by}{end}'; }
by_hand() { [ -z "$(makers)" ] && [ "$(slices '{.items[*].metadata.name}')" = web-by-hand ]; }
promise "the Service has only the EndpointSlice that you created" "$(slices '{.items[*].metadata.name}')" by_hand

pod=$(get pod/web .status.podIP)
address=$(get endpointslice/web-by-hand '.endpoints[*].addresses[*]')
promise "the address in the EndpointSlice is the address of the Pod" "$address" test "$address" = "$pod"

request() { kubectl exec client -- timeout 3 wget -qO- http://web/; }
reaches() { request | grep -q "^pod web, .* IP $pod,"; }
wait_until 30 reaches
promise "a request to the Service reaches the Pod" "$(request 2>&1)" reaches
