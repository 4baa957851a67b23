#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/states
need configmap/settings
plan 4

of() { # of CONTAINER FIELD: a field of a container's status
  get pod/states ".status.containerStatuses[?(@.name==\"$1\")].$2"
}

waits() { [ "$(of no-image state.waiting.reason)" = ErrImageNeverPull ]; }
wait_until 30 waits
promise "a container that cannot start is Waiting, and says why" \
  "$(of no-image state.waiting.reason): $(of no-image state.waiting.message)" \
  waits

# The ConfigMap was made after `terminated` had ended. Both times are the kubelet's.
healed() {
  local started ended
  started=$(of no-settings state.running.startedAt)
  ended=$(of terminated state.terminated.finishedAt)
  [ -n "$started" ] && [ -n "$ended" ] && [[ ! $started < $ended ]] &&
    [ "$(of no-settings restartCount)" = 0 ]
}
wait_until 60 healed
promise "Waiting ends when its reason is gone: the container started once its ConfigMap was there, without a restart" \
  "started at $(of no-settings state.running.startedAt), the ones beside it at $(of running state.running.startedAt); $(of no-settings restartCount) restarts" \
  healed

runs() {
  [ -n "$(of running state.running.startedAt)" ] &&
    [ -z "$(of running state.waiting.reason)$(of running state.terminated.reason)" ]
}
promise "a Running container has the time of its start, and no reason" "$(of running state)" \
  runs

ended() {
  [ "$(of terminated state.terminated.exitCode)" = 42 ] &&
    [ "$(of terminated state.terminated.reason)" = Error ] &&
    [[ $(of terminated state.terminated.startedAt) < $(of terminated state.terminated.finishedAt) ]]
}
wait_until 30 ended
promise "a Terminated container has its exit code, a reason, and when it started and ended" \
  "exit code $(of terminated state.terminated.exitCode), $(of terminated state.terminated.reason), from $(of terminated state.terminated.startedAt) to $(of terminated state.terminated.finishedAt)" \
  ended
