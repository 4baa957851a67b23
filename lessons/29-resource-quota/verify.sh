#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need resourcequota/memory
need deployment/web
plan 4

# A dry run asks the quota, too, but creates nothing.
refused() { # refused FILE: the message of the API server; empty if it accepts the Pod
  kubectl create --dry-run=server -f "$1" 2>&1 >/dev/null | sed 's/.*forbidden: //'
}
cd "$(dirname "$0")" || exit 1

big=$(refused too-big.yaml)
promise "the API server refuses a Pod that exceeds the quota, and says why" "$big" \
  grep -q '^exceeded quota: memory, requested: requests.memory=100Mi' <<<"$big"

none=$(refused no-request.yaml)
promise "the API server refuses a Pod without a memory request" "$none" \
  grep -q '^failed quota: memory: must specify requests.memory' <<<"$none"

condition='.status.conditions[?(@.type=="ReplicaFailure")].message'
reason() { kubectl get replicasets -l app=web -o jsonpath="{.items[0]$condition}"; }
ready() { get deployment/web .status.readyReplicas; }
is_short() { [ "$(ready)" = 3 ] && reason | grep -q 'exceeded quota: memory'; }
wait_until 20 is_short
promise "the Deployment stays at 3 of 4 replicas, and its ReplicaSet says why" \
  "$(ready) ready: $(reason | sed 's/.*forbidden: //')" is_short

used() { get resourcequota/memory '.status.used.requests\.memory'; }
is_full() { [ "$(used)" = 128Mi ]; }
wait_until 30 is_full
promise "the quota counts the requests of all Pods" "$(used) used, 128Mi allowed" is_full
