#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

: "${NAMESPACE:?set it to the namespace of this lesson}"
need "certificatesigningrequest/podlab-$NAMESPACE" role/read-pods rolebinding/read-pods pod/web
cd "$(dirname "$0")" || exit 1
plan 4

request=certificatesigningrequest/podlab-$NAMESPACE
subject() {
  get "$request" .status.certificate | openssl base64 -d -A | openssl x509 -noout -subject -nameopt RFC2253
}
seen="$(get "$request" '.status.conditions[*].type'), $(get "$request" .spec.signerName), $(subject)"
issued() { grep -q '^Approved, kubernetes.io/kube-apiserver-client, .*CN=podlab-alice$' <<<"$seen"; }
promise "the approved request has a certificate for the user podlab-alice" "$seen" issued

pods=/api/v1/namespaces/$NAMESPACE/pods
ask() { # ask PATH: the HTTP status that Alice gets now
  ./get.sh "$1" | tail -n 1
}

first=$(grep "^$pods " answers.txt | head -n 1)
promise "with the certificate, but without a Role, Alice is known and has no permission" "${first#* }" \
  test "${first#* }" = "403 Forbidden"

now=$(ask "$pods")
promise "with the Role and the RoleBinding, Alice may list the Pods" "$now" test "$now" = "200 OK"

can() { kubectl --kubeconfig=alice.kubeconfig auth can-i "$@" 2>/dev/null | cut -d ' ' -f 1; }
seen="Secrets: $(ask "/api/v1/namespaces/$NAMESPACE/secrets"),"
seen="$seen Pods of kube-system: $(ask /api/v1/namespaces/kube-system/pods), delete Pods: $(can delete pods)"
promise "she has no other permissions" "$seen" \
  test "$seen" = "Secrets: 403 Forbidden, Pods of kube-system: 403 Forbidden, delete Pods: no"
