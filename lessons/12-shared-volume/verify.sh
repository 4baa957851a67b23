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

promise "one container wrote the page, and the other serves it" "$(page)" \
  served

one_keeps_running() {
  [ "$(status_of writer state.terminated.exitCode)" = 0 ] && [ "$(status_of writer restartCount)" = 0 ] &&
    [ -n "$(status_of server state.running.startedAt)" ] && [ "$(status_of server restartCount)" = 0 ]
}
promise "the writer has exited, and the server keeps running" \
  "writer: exit code $(status_of writer state.terminated.exitCode), \
server: running since $(status_of server state.running.startedAt)" \
  one_keeps_running

ready='.status.conditions[?(@.type=="Ready")]'
not_ready() {
  [ "$(status_of server ready)" = true ] && [ "$(status_of writer ready)" = false ] &&
    [ "$(get $pod "$ready.status")" = False ]
}
promise "a Pod is ready only if all its containers are ready" \
  "server ready: $(status_of server ready), writer ready: $(status_of writer ready), \
Pod ready: $(get $pod "$ready.status"), $(get $pod "$ready.message")" \
  not_ready

refusal=$(in_server touch /content/by-the-server | grep "^touch:")
promise "the server can read the volume, but cannot write to it" "$refusal" \
  grep -q 'Read-only file system' <<<"$refusal"
