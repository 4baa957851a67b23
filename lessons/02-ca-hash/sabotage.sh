#!/usr/bin/env bash
# sabotage.sh DIR: breaks one promise in the copy of this lesson in DIR, and names it.
set -euo pipefail
. "$(dirname "$0")/../lesson.sh"

edit "$1/pod.yaml" 's#/etc/ca/ec-ca.crt#/etc/ca/rsa-ca.crt#'
echo "promise 3: LAB_TOKEN_CA_FILE names a different CA, so token-service serves the hash of that CA"
