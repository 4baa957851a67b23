#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/reader role/read-menu rolebinding/read-menu
: "${NAMESPACE:?set it to the namespace of this lesson}"
plan 5

# The log of the Pod has a line for each change, such as
# menu with token api: 403 Forbidden
answers() { # answers CONFIGMAP TOKEN
  kubectl logs reader | sed -n "s/^$1 with token $2: //p"
}
latest() { answers "$@" | tail -n 1; }

can() { # can ACCOUNT VERB OBJECT: yes or no
  kubectl auth can-i "$2" "$3" --as="system:serviceaccount:$NAMESPACE:$1" 2>/dev/null | cut -d ' ' -f 1
}

changes() { answers menu api | grep -e 403 -e 200 | uniq | paste -s -d ',' -; }
changed() { [ "$(changes)" = "403 Forbidden,200 OK" ]; }
wait_until 30 changed
promise "the Pod may not read the ConfigMap menu before the RoleBinding, and may read it afterwards" \
  "$(changes)" changed

seen="the Pod gets $(latest prices api);"
seen="$seen can-i get prices: $(can reader get configmap/prices), list: $(can reader list configmaps)"
promise "it may read no other ConfigMap, and not list them" "$seen" \
  test "$seen" = "the Pod gets 403 Forbidden; can-i get prices: no, list: no"

seen="reader: $(can reader get configmap/menu), default: $(can default get configmap/menu)"
promise "kubectl auth can-i says the same, and knows that other accounts may not read it" "$seen" \
  test "$seen" = "reader: yes, default: no"

claims=$("$(dirname "$0")/claims.sh" podlab | sed 's/^[^:]*: *//' | paste -s -d ' ' -)
promise "the token names its account and its audience, and expires after 600 seconds" "$claims" \
  test "$claims" = "system:serviceaccount:$NAMESPACE:reader podlab 600 seconds"

promise "the API server does not accept a token for another audience" "$(latest menu podlab)" \
  test "$(latest menu podlab)" = "401 Unauthorized"
