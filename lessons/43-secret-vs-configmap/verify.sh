#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/app secret/credentials configmap/settings rolebinding/visitor
: "${NAMESPACE:?set it to the namespace of this lesson}"
cd "$(dirname "$0")" || exit 1
plan 6

# shellcheck disable=SC2016 # the shell in the container expands this, not the local shell
values() {
  kubectl exec app -- sh -c 'echo $FROM_CONFIGMAP $FROM_SECRET $(cat /configmap/password) $(cat /secret/password)'
}
wait_until 30 values
seen=$(values)
promise "the container gets the same plain text from both, in variables and in files" "$seen" \
  test "$seen" = "sesame sesame sesame sesame"

stored=$(get secret/credentials .data.password)
decoded=$(kubectl get secret credentials -o go-template='{{base64decode .data.password}}')
decodes() { [ "$stored" != "$decoded" ] && [ "$decoded" = sesame ]; }
promise "the API shows a Secret in Base64, which everybody can decode" "$stored is $decoded" decodes

shows() { kubectl describe "$1" "$2" | grep -c sesame; }
seen="ConfigMap: $(shows configmap settings), Secret: $(shows secret credentials)"
promise "kubectl describe shows the value of the ConfigMap, not of the Secret" "lines with the value: $seen" \
  test "$seen" = "ConfigMap: 1, Secret: 0"

type=$(kubectl exec app -- stat -f -c %T /secret)
promise "the files of the Secret are in memory" "file system: $type" test "$type" = tmpfs

can() { kubectl auth can-i get "$1" --as="system:serviceaccount:$NAMESPACE:visitor" 2>/dev/null | cut -d ' ' -f 1; }
seen="ConfigMaps: $(can configmaps), Secrets: $(can secrets)"
promise "with the ClusterRole view, an account may read ConfigMaps, but not Secrets" "$seen" \
  test "$seen" = "ConfigMaps: yes, Secrets: no"

message=$(kubectl create --dry-run=server -f certificate.yaml 2>&1 >/dev/null)
promise "the API server checks the keys of a Secret with a type" "$message" \
  grep -q 'tls.key.*Required value' <<<"$message"
