#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/token-service
: "${NAMESPACE:?set it to the namespace of this lesson}"
plan 5

# token-service logs each token that it creates:
# … create of token uad7we by "…": created; ttl 24h0m0s, until 2026-11-28T08:46:33Z, groups "…"
made() { # made TTL: the ID of the first token with this TTL
  kubectl logs token-service | sed -n "s/.* create of token \(......\) by .*: created; ttl $1, .*/\1/p" | head -n 1
}

secret() { # secret ID: when the token expires; empty if it does not exist
  kubectl -n kube-system get secret "bootstrap-token-$1" --ignore-not-found -o go-template='{{
    with .data.expiration}}expires {{base64decode .}}{{else}}never expires{{end}}'
}

day=$(made 24h0m0s)
expires() { grep -q '^expires 2' <<<"$(secret "$day")"; }
promise "a token created without a ttl expires after 24 hours" "${day:-no such token} $(secret "$day")" expires

forever=$(made 0s)
stays() { [ "$(secret "$forever")" = "never expires" ]; }
promise "a token with ttl=0 never expires" "${forever:-no such token} $(secret "$forever")" stays

second=$(made 1s)
gone() { [ -n "$second" ] && there=$(secret "$second") && [ -z "$there" ]; }
wait_until 30 gone
seen="${second:-no such token} $(secret "$second" | grep . || echo "has no Secret")"
promise "the Secret of a token with ttl=1s is deleted after the token has expired" "$seen" gone

# The token of the join command is the one with a TTL of one hour.
hour=$(made 1h0m0s)
signature() { kubectl -n kube-public get configmap cluster-info -o jsonpath="{.data.jws-kubeconfig-$hour}"; }
hash() { kubectl exec token-service -- wget -qO- localhost:8080/ca/hash; }
joins() { [ -n "$hour" ] && [ -n "$(signature)" ] && grep -Eq '^sha256:[0-9a-f]{64}$' <<<"$(hash)"; }
wait_until 30 joins
promise "cluster-info is signed with the token of the join command, and token-service reports the CA hash" \
  "${hour:-no such token}, $(hash)" joins

ids() { # the IDs of this lesson's tokens that still exist
  local id
  for id in $day $forever $second $hour; do
    [ -z "$(secret "$id")" ] || echo "$id"
  done
}
listed() {
  local id
  [ -n "$ids" ] || return 1
  for id in $ids; do
    grep "^$id\." <<<"$list" || return 1
  done
}
text="kubeadm token list shows the tokens that token-service created"
if command -v kubeadm >/dev/null; then
  ids=$(ids)
  list=$(kubeadm token list --kubeconfig <(kubectl config view --raw --minify --flatten) 2>&1)
  promise "$text" "$(grep "podlab lesson $NAMESPACE" <<<"$list" | cut -d . -f 1)" listed
else
  skip "$text" "kubeadm is not on the PATH"
fi
