#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need configmap/full configmap/quarter configmap/colors configmap/names
plan 5

# All refusals are repeated with --dry-run=server: the API server checks everything and stores nothing.
large() { # large NAME BYTES: a manifest with a value of that size
  printf 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: %s\ndata:\n  value: ' "$1"
  dd if=/dev/zero bs="$2" count=1 2>/dev/null | tr '\0' x
  echo
}
size() { # size NAME KEY: the size of a value in bytes
  kubectl get configmap "$1" -o jsonpath="{.data.$2}" | wc -c | tr -d ' '
}

over=$(large over 1048577 | kubectl create --dry-run=server -f - 2>&1)
limited() { [ "$(size full mebibyte)" = 1048576 ] && grep -q 'Too long.*1048576' <<<"$over"; }
promise "1 MiB of data is stored, and one byte more is refused" \
  "$(size full mebibyte) bytes are stored; $(grep -o 'Too long.*' <<<"$over" || echo "$over")" limited

apply=$(large another 262144 | kubectl apply --dry-run=server -f - 2>&1)
applied() {
  [ "$(size quarter quarter)" = 262144 ] && grep -q 'annotations: Too long.*262144' <<<"$apply" &&
    ! get configmap/quarter .metadata.annotations | grep -q last-applied
}
promise "kubectl apply refuses 256 KiB, and kubectl apply --server-side stores them" \
  "$(size quarter quarter) bytes are stored; $(grep -o 'metadata.annotations.*' <<<"$apply" || echo "$apply")" applied

patched() { kubectl patch configmap colors --dry-run=server -p "$1" 2>&1; }
data=$(patched '{"data":{"background":"green"}}')
flag=$(patched '{"immutable":false}')
forbidden() {
  [ "$(get configmap/colors .data.background)" = blue ] && grep -q 'data: Forbidden' <<<"$data" &&
    grep -q 'immutable: Forbidden' <<<"$flag"
}
promise "the data of an immutable ConfigMap cannot change, and immutable cannot be unset" \
  "background: $(get configmap/colors .data.background); $(grep -o '[a-z]*: Forbidden.*' <<<"$data
$flag" | paste -s -d ';' -)" forbidden

label=$(get configmap/colors .metadata.labels.used-by)
promise "a label of an immutable ConfigMap can change" "used-by: ${label:-no such label}" test "$label" = web

cd "$(dirname "$0")" || exit 1
names=$(kubectl create --dry-run=server -f key-names.yaml 2>&1)
rule() {
  grep -Fq 'data[log level]: Invalid value' <<<"$names" && grep -Fq 'data[conf/app.properties]: Invalid value' <<<"$names" &&
    [ "$(get configmap/names '.data.\.hidden')$(get configmap/names .data.LOG_level-2)" = yesdebug ]
}
promise "a key has letters, digits, '-', '_' and '.'; a space or '/' is refused" \
  "$(grep -o 'data\[.*\]: Invalid value' <<<"$names" | sort | paste -s -d , -)" rule
