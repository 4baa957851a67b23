#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need service/demo
need service/demo-headless
need pod/client
plan 3

pods() { kubectl get pods -l app=demo -o jsonpath='{.items[*].status.podIP}' | tr ' ' '\n' | sed '/^$/d' | sort; }

# dns NAME: the addresses that nslookup prints below "Name:"
dns() {
  kubectl exec client -- nslookup "$1" 2>/dev/null |
    sed -n '/^Name:/,$s/^Address.*: *\([0-9a-f.:]*\)$/\1/p' | sort -u
}

names_the_pods() { [ "$(pods | wc -l)" -eq 2 ] && [ "$(dns demo-headless)" = "$(pods)" ]; }
wait_until 45 names_the_pods # a DNS server may cache an answer for 30 seconds
promise "DNS returns the addresses of the Pods for demo-headless" "$(dns demo-headless)" names_the_pods

cluster_ip=$(get service/demo .spec.clusterIP)
names_the_cluster_ip() { [ "$(dns demo)" = "$cluster_ip" ]; }
wait_until 30 names_the_cluster_ip
promise "DNS returns one address for demo: its ClusterIP" "$(dns demo)" names_the_cluster_ip

same() { [ "$(endpoints demo)" = "$(pods)" ] && [ "$(endpoints demo-headless)" = "$(pods)" ]; }
wait_until 30 same
promise "both Services have the same endpoints" "$(endpoints demo); $(endpoints demo-headless)" same
