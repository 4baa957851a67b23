#!/usr/bin/env bash
# If this cluster cannot play the lesson, prints the reason in one line.
# The API server accepts a NetworkPolicy even if nothing enforces it, so this script tries one.
set -uo pipefail
cd "$(dirname "$0")" || exit 1
. ../lesson.sh

wait=true # until the objects are gone, because the lesson creates them again
leave() { # removes the objects that this script created
  kubectl delete -f deny.yaml -f clients.yaml -f server.yaml --ignore-not-found --wait=$wait --timeout=60s \
    >/dev/null 2>&1
}
trap leave EXIT
skip() {
  wait=false
  tr -s '\n ' ' ' <<<"$*"
  echo
  exit 1
}

refused=$(kubectl apply -f server.yaml -f clients.yaml 2>&1 >/dev/null) || skip "cannot create the Pods: $refused"
answers() { kubectl logs stranger 2>/dev/null | grep -c '^answered'; }
answered() { [ "$(answers)" -ge 1 ]; }
wait_until 60 answered || skip "a Pod cannot reach another Pod through a Service, even without a NetworkPolicy"

refused=$(kubectl apply -f deny.yaml 2>&1 >/dev/null) || skip "cannot create a NetworkPolicy: $refused"
before=$(answers)
denied() { [ "$(kubectl logs stranger --tail=3 | sort -u)" = "no answer" ]; }
wait_until 30 denied ||
  skip "NetworkPolicies are not enforced: with a policy that denies all requests to a Pod," \
    "another Pod still got $(($(answers) - before)) answers in 30 s"
