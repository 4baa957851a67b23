#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/retry pod/never
plan 4

init='.status.initContainerStatuses[0]'
init_of() { get "pod/$1" "$init.$2"; }

tried() {
  [ "$(init_of retry restartCount) $(init_of retry state.terminated.exitCode)" = "2 0" ]
}
wait_until 90 tried
promise "the kubelet restarts a failed init container until it succeeds" \
  "$(init_of retry restartCount) restarts, last exit code $(init_of retry state.terminated.exitCode)" tried

app_runs() { [ "$(of retry state.running.startedAt)" ]; }
wait_until 30 app_runs
succeeded=$(init_of retry state.terminated.finishedAt) started=$(of retry state.running.startedAt)
in_order() {
  [ "$succeeded" ] && [ "$started" ] && at_least 0 "$(seconds "$succeeded" "$started")" &&
    [ "$(of retry restartCount)" = 0 ]
}
promise "the app started once, after the success of the init container" \
  "init container ended $succeeded, app started $started, $(of retry restartCount) restarts" in_order

failed() {
  [ "$(phase never) $(init_of never restartCount) $(init_of never state.terminated.exitCode)" = "Failed 0 1" ]
}
wait_until 30 failed
promise "with restartPolicy Never, a failed init container fails the Pod" \
  "phase $(phase never), $(init_of never restartCount) restarts, exit code $(init_of never state.terminated.exitCode)" \
  failed

# A container that was created has an ID.
app_id=$(of never containerID)
promise "the app of the failed Pod never started" "container ID: ${app_id:-none}" test -z "$app_id"
