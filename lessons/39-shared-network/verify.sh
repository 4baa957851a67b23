#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/shared-network pod/other
plan 5

status_of() { # status_of CONTAINER FIELD: a field of a container's status
  get pod/shared-network ".status.containerStatuses[?(@.name==\"$1\")].$2"
}
in_container() { # in_container NAME COMMAND…
  kubectl exec shared-network -c "$@" 2>&1
}
fetch() { echo timeout 10 wget -qO- "$1"; }
code() { status_of second state.terminated.exitCode; }
ended() { [ -n "$(code)" ]; }
wait_until 60 ended
address=$(get pod/shared-network .status.podIP)
url=$address
[[ "$address" != *:* ]] || url="[$address]"

of_web=$(in_container web -- hostname -i) of_pages=$(in_container pages -- hostname -i)
same_address() { [ -n "$address" ] && [ "$of_web" = "$address" ] && [ "$of_pages" = "$address" ]; }
promise "all containers have the address of the Pod" \
  "Pod: $address, container web: $of_web, container pages: $of_pages" same_address

# shellcheck disable=SC2046 # the words of a command
from_pages=$(in_container pages -- $(fetch http://localhost:8080/whoami/pod))
# shellcheck disable=SC2046
from_web=$(in_container web -- $(fetch http://localhost:8081/))
localhost() { [ "$from_pages" = shared-network ] && [ "$from_web" = "a page" ]; }
promise "each container reaches the server of the other one at localhost" \
  "port 8080: $from_pages, port 8081: $from_web" localhost

# shellcheck disable=SC2046
web=$(kubectl exec other -- $(fetch "http://$url:8080/whoami/pod") 2>&1)
# shellcheck disable=SC2046
page=$(kubectl exec other -- $(fetch "http://$url:8081/") 2>&1)
reached() { [ "$web" = shared-network ] && [ "$page" = "a page" ]; }
promise "another Pod reaches both servers at the address of the Pod" "port 8080: $web, port 8081: $page" reached

log=$(kubectl logs shared-network -c second)
conflict() {
  [ "$(code)" = 1 ] && grep -q 'port 8080 .* in use' <<<"$log" &&
    [ -n "$(status_of web state.running.startedAt)" ] && [ "$(status_of web restartCount)" = 0 ]
}
promise "a second server on port 8080 of the same Pod cannot start; the first one keeps running" \
  "exit code $(code): $(tail -n 1 <<<"$log")" conflict

# shellcheck disable=SC2046
own=$(kubectl exec other -- $(fetch http://localhost:8080/) 2>&1)
promise "a server on port 8080 of another Pod can start, and localhost means that Pod" "$own" \
  test "$own" = "a page of the other Pod"
