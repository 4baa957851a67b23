#!/usr/bin/env bash
# ask.sh GET|POST PATH [FIELD=VALUE…]: asks token-service, from inside its Pod, as the Pod's service account.
# Each token that it makes carries the namespace of this lesson in its description, to be found again.
set -euo pipefail

: "${NAMESPACE:?set it to the namespace of this lesson}"
method=$1 url=localhost:8080$2
shift 2
fields="description=podlab+lesson+$NAMESPACE"
for field; do
  fields="$fields&$field"
done
if [ "$method" = POST ]; then
  set -- --post-data "$fields" "$url"
else
  set -- "$url"
fi
# shellcheck disable=SC2016 # the shell in the Pod is to read the file
kubectl exec token-service -- sh -c \
  'exec wget -qO- --header "Authorization: Bearer $(cat /var/run/secrets/kubernetes.io/serviceaccount/token)" "$@"' \
  ask "$@"
