#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need service/demo
need service/demo-headless
need pod/client
plan 3

lines() { tr ' ' '\n' | sed '/^$/d' | sort; }
pods() { kubectl get pods -l app=demo -o jsonpath='{.items[*].status.podIP}' | lines; }

# The addresses that DNS has for a name, from what nslookup prints below "Name:".
dns() {
  kubectl exec client -- nslookup "$1.$(get pod/client .metadata.namespace).svc.cluster.local" 2>/dev/null |
    sed -n '/^Name:/,$s/^Address.*: *\([0-9a-f.:]*\)$/\1/p' | sort -u
}

# A template, since jsonpath cannot filter the endpoints of a slice that has none.
ready='{{range .items}}{{range .endpoints}}{{if .conditions.ready}}{{range .addresses}}{{.}} {{end}}{{end}}{{end}}{{end}}'
endpoints() { kubectl get endpointslices -l "kubernetes.io/service-name=$1" -o go-template="$ready" | lines; }

names_the_pods() { [ "$(pods | wc -l)" -eq 2 ] && [ "$(dns demo-headless)" = "$(pods)" ]; }
wait_until 45 names_the_pods # a DNS server may keep an answer for 30 seconds
promise "DNS answers for demo-headless with the addresses of the Pods" "$(dns demo-headless)" names_the_pods

cluster_ip=$(get service/demo .spec.clusterIP)
promise "DNS answers for demo with one address, its ClusterIP" "$(dns demo)" \
  test "$(dns demo)" = "$cluster_ip"

same() { [ "$(endpoints demo)" = "$(pods)" ] && [ "$(endpoints demo-headless)" = "$(pods)" ]; }
wait_until 30 same
promise "both Services have the same endpoints" "$(endpoints demo); $(endpoints demo-headless)" same
