#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need service/demo
need pod/client
need deployment/demo
plan 4

pods() { kubectl get pods -l app=demo -o jsonpath="{.items[*].$1}" | tr ' ' '\n' | sed '/^$/d' | sort; }

# The client starts before the first Pod. It logs the address of the Service, and the first event of each kind:
# DEMO_SERVICE_HOST is 10.102.239.104
# 09:30:01.204 the first failure of its kind: connection refused
# 09:30:08.411 demo-7b88b6757b-mstg8 answers for the first time
firsts() { kubectl logs client | grep -E 'first failure|first time'; }
answered() { firsts | sed -n 's/.* \(.*\) answers for the first time/\1/p'; }

first=$(firsts | head -n 1)
promise "without Pods, requests failed" "$first" grep -q 'first failure' <<<"$first"

two_endpoints() { [ "$(endpoints demo | wc -l)" -eq 2 ] && [ "$(endpoints demo)" = "$(pods status.podIP)" ]; }
wait_until 60 two_endpoints
promise "with two Pods, the Service has two endpoints: the addresses of the Pods" "$(endpoints demo)" two_endpoints

before=$(kubectl logs client | sed -n 's/^DEMO_SERVICE_HOST is //p')
now=$(get service/demo .spec.clusterIP)
promise "the Service kept its ClusterIP" "$before at the start, $now now" test "$before" = "$now"

unreached() { pods metadata.name | grep -vxF "$(answered)"; }
reached_both() { [ "$(pods metadata.name | wc -l)" -eq 2 ] && ! unreached; }
wait_until 30 reached_both
promise "requests to the ClusterIP reach both Pods" "answers from $(answered)" reached_both
