#!/usr/bin/env bash
# ask.sh GET|POST PATH [FIELD=VALUE…]: sends a request to token-service, from inside its Pod and as its service account.
# The description of each token names the namespace of this lesson, so that cleanup.sh finds the token.
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
# shellcheck disable=SC2016 # the shell in the Pod expands this, not the local shell
kubectl exec token-service -- sh -c \
  'exec wget -qO- --header "Authorization: Bearer $(cat /var/run/secrets/kubernetes.io/serviceaccount/token)" "$@"' \
  ask "$@"
