#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need service/demo
need pod/client
need deployment/demo
plan 4

lines() { tr ' ' '\n' | sed '/^$/d' | sort; }
pods() { kubectl get pods -l app=demo -o jsonpath="{.items[*].$1}" | lines; }

# A template, since jsonpath cannot filter the endpoints of a slice that has none.
ready='{{range .items}}{{range .endpoints}}{{if .conditions.ready}}{{range .addresses}}{{.}} {{end}}{{end}}{{end}}{{end}}'
endpoints() { kubectl get endpointslices -l kubernetes.io/service-name=demo -o go-template="$ready" | lines; }

# The client began before there was a Pod. It notes what happens for the first time:
# 09:30:01.204 the first failure of its kind: connection refused
# 09:30:08.411 demo-7b88b6757b-mstg8 answers for the first time
firsts() { kubectl logs client | grep -E 'first failure|first time'; }
answered_first() { firsts | sed -n 's/.* \(.*\) answers for the first time/\1/p' | sort; }

first=$(firsts | head -n 1)
promise "without Pods, nobody answered" "$first" grep -q 'first failure' <<<"$first"

two_endpoints() { [ "$(endpoints | wc -l)" -eq 2 ] && [ "$(endpoints)" = "$(pods status.podIP)" ]; }
wait_until 60 two_endpoints
promise "two Pods are two endpoints, at the addresses of the Pods" "$(endpoints)" two_endpoints

# The kubelet gave the client the address that the Service had at that time.
# shellcheck disable=SC2016 # the client's variable, not this shell's
before=$(kubectl exec client -- sh -c 'echo $DEMO_SERVICE_HOST')
now=$(get service/demo .spec.clusterIP)
promise "the Service kept its ClusterIP" "$before at first, $now now" test "$before" = "$now"

reached_both() { [ "$(pods metadata.name | wc -l)" -eq 2 ] && [ "$(answered_first)" = "$(pods metadata.name)" ]; }
wait_until 30 reached_both
promise "requests to the one address reach both Pods" "answers from $(answered_first)" reached_both
