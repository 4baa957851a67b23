#!/usr/bin/env bash
# claims.sh TOKEN: prints who the owner of this token of the Pod is, who may accept it, and how long it is valid.
set -euo pipefail

# A token has three parts: header.claims.signature. The claims are JSON in Base64 for URLs.
# shellcheck disable=SC2016 # the shell in the Pod expands this, not the local shell
claims=$(kubectl exec reader -- sh -c '
  claims=$(cut -d . -f 2 "/var/run/tokens/$1" | tr _- /+)
  while [ $((${#claims} % 4)) != 0 ]; do claims=$claims=; done
  echo "$claims" | base64 -d' claims "$1")

claim() { sed 's/.*"'"$1"'":\["*\([^],"}]*\).*/\1/; s/.*"'"$1"'":"*\([^],"}]*\).*/\1/' <<<"$claims"; }
echo "subject:  $(claim sub)"
echo "audience: $(claim aud)"
echo "valid:    $(($(claim exp) - $(claim iat))) seconds"
