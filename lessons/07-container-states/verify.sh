#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/states
need configmap/settings
plan 4

status_of() { # status_of CONTAINER FIELD: a field of a container's status
  get pod/states ".status.containerStatuses[?(@.name==\"$1\")].$2"
}

waits() { [ "$(status_of no-image state.waiting.reason)" = ErrImageNeverPull ]; }
wait_until 30 waits
promise "a container that cannot start is Waiting, with a reason" \
  "$(status_of no-image state.waiting.reason): $(status_of no-image state.waiting.message)" \
  waits

# The API's times are whole seconds and sort as text.
created=$(get configmap/settings .metadata.creationTimestamp)
healed() {
  local started
  started=$(status_of no-settings state.running.startedAt)
  [ -n "$started" ] && [[ ! $started < $created ]] && [ "$(status_of no-settings restartCount)" = 0 ]
}
wait_until 60 healed
promise "a Waiting container starts when its reason is gone: after you created the ConfigMap, without a restart" \
  "ConfigMap created at $created, container started at $(status_of no-settings state.running.startedAt), \
$(status_of no-settings restartCount) restarts" \
  healed

runs() {
  [ -n "$(status_of running state.running.startedAt)" ] &&
    [ -z "$(status_of running state.waiting.reason)$(status_of running state.terminated.reason)" ]
}
promise "a Running container has a start time and no reason" "$(status_of running state)" \
  runs

ended() {
  [ "$(status_of terminated state.terminated.exitCode)" = 42 ] &&
    [ "$(status_of terminated state.terminated.reason)" = Error ] &&
    [[ $(status_of terminated state.terminated.startedAt) < $(status_of terminated state.terminated.finishedAt) ]]
}
wait_until 30 ended
promise "a Terminated container has an exit code, a reason, a start time and an end time" \
  "exit code $(status_of terminated state.terminated.exitCode), $(status_of terminated state.terminated.reason), \
from $(status_of terminated state.terminated.startedAt) to $(status_of terminated state.terminated.finishedAt)" \
  ended
