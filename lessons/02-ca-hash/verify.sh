#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/ca-hash
plan 4
cd "$(dirname "$0")" || exit 1

training() { # training FILE: the pipeline from many guides, for RSA keys only
  openssl x509 -pubkey -noout -in "$1" | openssl rsa -pubin -outform der 2>/dev/null | sha256
}
right() { # right FILE: the pipeline that reads every type of key
  openssl x509 -pubkey -noout -in "$1" | openssl pkey -pubin -outform der | sha256
}
sha256() { openssl dgst -sha256 -hex | sed 's/^.* //'; }
posted() { # posted FILE: the hash that token-service computes
  kubectl exec ca-hash -- wget -qO- --post-file "/etc/ca/$1" localhost:8080/ca/hash
}
served() { kubectl exec ca-hash -- wget -qO- localhost:8080/ca/hash; }

rsa=$(posted rsa-ca.crt)
agreed() { [ "$rsa" = "sha256:$(training rsa-ca.crt)" ] && [ "$rsa" = "sha256:$(right rsa-ca.crt)" ]; }
promise "for an RSA key, both pipelines and token-service compute the same hash" "$rsa" agreed

nothing=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 # SHA-256 of an empty input
of_nothing() { [ "$(training ec-ca.crt)" = "$nothing" ] && [ "$(posted ec-ca.crt)" = "sha256:$(right ec-ca.crt)" ]; }
promise "for an EC key, openssl rsa yields the hash of an empty input, and token-service the right hash" \
  "$(training ec-ca.crt), $(posted ec-ca.crt)" of_nothing

promise "for its own CA with an EC key, token-service serves the hash of that key" "$(served)" \
  test "$(served)" = "sha256:$(right ec-ca.crt)"

renewed=$(posted ec-ca-renewed.crt)
same_key() { ! cmp -s ec-ca.crt ec-ca-renewed.crt && [ "$renewed" = "sha256:$(right ec-ca.crt)" ]; }
promise "a renewed certificate with the same key has the same hash" "$renewed" same_key
