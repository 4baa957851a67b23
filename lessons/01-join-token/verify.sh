#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/token-service
plan 5

# What token-service logged when it made a token (create of token uad7we by "…": created; ttl until …), a line
# of each: when it was made, until when it lives, its id.
made() {
  kubectl logs token-service |
    sed -nE 's/^([^.]*)\..* create of token (.{6}) by .*: created; ttl (until )?([^,]*),.*/\1Z \4 \2/p'
}

secret() { # secret ID: until when the token lives, if it is there
  kubectl -n kube-system get secret "bootstrap-token-$1" --ignore-not-found -o go-template='{{
    with .data.expiration}}expires {{base64decode .}}{{else}}never expires{{end}}'
}

since_1970() { # since_1970 2026-11-28T08:46:33Z: in seconds
  local IFS='-T:Z' year month day hour minute second days
  read -r year month day hour minute second _ <<<"$1"
  # The year begins with March here, so that a leap day is its last.
  ((month = 10#$month + 9, year -= month < 12, month %= 12))
  days=$((year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + 10#$day - 719469))
  echo $(((days * 24 + 10#$hour) * 3600 + 10#$minute * 60 + 10#$second))
}

made_for() { # made_for SECONDS: the id of the first token that was made to live so long
  local created expires id lifetime
  while read -r created expires id; do
    [ "$expires" != unlimited ] || continue
    lifetime=$(($(since_1970 "$expires") - $(since_1970 "$created")))
    # Both times are cut to whole seconds.
    ((lifetime < $1 - 1 || lifetime > $1 + 1)) || { echo "$id" && return; }
  done < <(made)
}

expires() { grep -q '^expires 2' <<<"$(secret "$day")"; }
day=$(made_for 86400)
promise "a token lives for 24 hours if you ask for nothing else" "${day:-no such token} $(secret "$day")" expires

forever=$(made | sed -n 's/.* unlimited //p' | head -n 1)
stays() { [ "$(secret "$forever")" = "never expires" ]; }
promise "a token with ttl=0 never expires" "${forever:-no such token} $(secret "$forever")" stays

gone() { [ -n "$second" ] && [ -z "$(secret "$second")" ]; }
second=$(made_for 1)
wait_until 30 gone
promise "a token of one second is gone" "${second:-no such token} $(secret "$second" | grep . || echo "has no Secret")" gone

# kubeadm join 192.168.26.141:6443 --token uad7we.… --discovery-token-ca-cert-hash sha256:…
read -r _ _ endpoint _ token _ hash < <("$(dirname "$0")/ask.sh" POST /tokens/join-command ttl=10m)
cluster_info() { kubectl -n kube-public get configmap cluster-info -o jsonpath="{.data.$1}"; }
joins() {
  grep -q "server: https://$endpoint\$" <<<"$(cluster_info kubeconfig)" &&
    [ -n "$(cluster_info "jws-kubeconfig-${token%.*}")" ] &&
    grep -Eq '^sha256:[0-9a-f]{64}$' <<<"$hash"
}
wait_until 30 joins
promise "a join command has the cluster's endpoint, a token that signs cluster-info, and the hash of the CA" \
  "$endpoint, ${token%.*}, $hash" joins

ids() { # those of this lesson's tokens that are there
  local id
  for id in $(made | sed 's/.* //'); do
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
text="kubeadm lists what token-service made"
if command -v kubeadm >/dev/null; then
  ids=$(ids)
  list=$(kubeadm token list --kubeconfig <(kubectl config view --raw --minify --flatten) 2>&1)
  promise "$text" "$(grep "podlab lesson $NAMESPACE" <<<"$list" | cut -d . -f 1)" listed
else
  skip "$text" "kubeadm is not on the PATH"
fi
