#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

pod=pod/two-containers
need $pod
plan 4

status_of() { # status_of CONTAINER FIELD: a field of a container's status
  get $pod ".status.containerStatuses[?(@.name==\"$1\")].$2"
}
in_server() { kubectl exec two-containers -c server -- "$@" 2>&1; }
page() { in_server timeout 10 wget -qO- http://localhost:8080/ | head -n 1; }
writer_ended() { [ -n "$(status_of writer state.terminated.finishedAt)" ]; }
served() { [ "$(page)" = "Hello from the writer" ]; }
wait_until 60 writer_ended
wait_until 20 served

promise "one container has written the page that the other serves" "$(page)" \
  served

one_goes_on() {
  [ "$(status_of writer state.terminated.exitCode)" = 0 ] && [ "$(status_of writer restartCount)" = 0 ] &&
    [ -n "$(status_of server state.running.startedAt)" ] && [ "$(status_of server restartCount)" = 0 ]
}
promise "the writer has ended, and the server goes on" \
  "writer: exit code $(status_of writer state.terminated.exitCode), server: running since $(status_of server state.running.startedAt)" \
  one_goes_on

ready='.status.conditions[?(@.type=="Ready")]'
not_ready() {
  [ "$(status_of server ready)" = true ] && [ "$(status_of writer ready)" = false ] &&
    [ "$(get $pod "$ready.status")" = False ]
}
promise "a Pod is ready only if all its containers are" \
  "server ready: $(status_of server ready), writer ready: $(status_of writer ready), Pod ready: $(get $pod "$ready.status"), $(get $pod "$ready.message")" \
  not_ready

refusal=$(in_server touch /content/by-the-server | grep "^touch:")
promise "the server may read the volume, but not write to it" "$refusal" \
  grep -q 'Read-only file system' <<<"$refusal"
