#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need limitrange/memory
need pod/early pod/late pod/limit-only
plan 5

memory() { # memory POD: its request, limit and QoS class
  local resources='.spec.containers[0].resources'
  echo "request $(get "pod/$1" "$resources.requests.memory"), limit $(get "pod/$1" "$resources.limits.memory")," \
    "$(get "pod/$1" .status.qosClass)"
}

early=$(memory early)
promise "a Pod that is older than the LimitRange does not change" "$early" \
  test "$early" = "request , limit , BestEffort"

late=$(memory late)
promise "a newer Pod without resources gets the defaults" "$late" \
  test "$late" = "request 32Mi, limit 64Mi, Burstable"

limit=$(memory limit-only)
promise "with only a limit, the request is equal to the limit, not to the default" "$limit" \
  test "$limit" = "request 48Mi, limit 48Mi, Burstable"

# A dry run applies the LimitRange, too, but creates nothing.
refused() { # refused FILE: the message of the API server; empty if it accepts the Pod
  kubectl create --dry-run=server -f "$1" 2>&1 >/dev/null | sed 's/.*forbidden: //'
}
cd "$(dirname "$0")" || exit 1

big=$(refused too-big.yaml)
promise "the API server refuses a Pod that exceeds the maximum" "$big" \
  grep -q '^maximum memory usage per Container is 128Mi' <<<"$big"

request=$(refused request-only.yaml)
promise "the API server refuses a request that exceeds the default limit" "$request" \
  grep -q 'must be less than or equal to memory limit' <<<"$request"
