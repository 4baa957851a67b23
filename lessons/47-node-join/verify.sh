#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"
cd "$(dirname "$0")" || exit 1

: "${NAMESPACE:?set it to the namespace of this lesson}"
file=join-command
if ! [ -s $file ]; then
  echo "Bail out! no file $file: play the lesson first"
  exit 1
fi
plan 5

id=$(sed 's/.*--token \([a-z0-9]*\)\..*/\1/' $file)
ttl=$(kubeadm token list 2>/dev/null | awk -v id="$id." 'index($1, id) == 1 { print $2 }') # such as 59m, 23h, <forever>
promise "the token of the join command expires within an hour" "$id, TTL: $ttl" grep -Eq '^[0-9]+[ms]$' <<<"$ttl"

right=$(./discover.sh <$file)
promise "with the right hash, kubeadm accepts the cluster" "$right" grep -q 'signature and contents are valid' <<<"$right"

nothing=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 # SHA-256 of an empty input
wrong=$(sed "s/sha256:.*/sha256:$nothing/" $file | ./discover.sh)
promise "with a different hash, kubeadm refuses the cluster" "$wrong" grep -q "couldn't validate the identity" <<<"$wrong"

if [ -z "${LAB_JOIN_NODE:-}" ]; then
  reason="there is no second machine: LAB_JOIN_NODE is not set"
  skip "the new machine is a node, and it is ready" "$reason"
  skip "the machine requested the certificate of the node with the token" "$reason"
  exit
fi

ready=$(get "node/$NAMESPACE" '.status.conditions[?(@.type=="Ready")].status')
promise "the new machine is a node, and it is ready" "node $NAMESPACE, Ready: $ready" test "$ready" = True

# The API server forgets a request about an hour after its approval.
requests=$(kubectl get certificatesigningrequests \
  -o jsonpath='{range .items[*]}{.spec.username} {.spec.signerName} {.status.conditions[*].type}{"\n"}{end}' |
  grep "^system:bootstrap:$id ")
promise "the machine requested the certificate of the node with the token" "$requests" \
  grep -q 'kubernetes.io/kube-apiserver-client-kubelet Approved' <<<"$requests"
