#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

container='.status.containerStatuses[0]'
need pod/pending pod/running pod/succeeded pod/failed pod/crashing
plan 5

phase() { get "pod/$1" .status.phase; }
exit_code() { get "pod/$1" "$container.state.terminated.exitCode"; }
restarts() { get "pod/$1" "$container.restartCount"; }
in_phase() { [ "$(phase "$1")" = "$2" ]; }

scheduled='.status.conditions[?(@.type=="PodScheduled")]'
unschedulable() {
  in_phase pending Pending &&
    [ -z "$(get pod/pending .spec.nodeName)" ] &&
    [ "$(get pod/pending "$scheduled.reason")" = Unschedulable ]
}
wait_until 30 unschedulable
promise "a Pod that no node has room for stays Pending" \
  "phase $(phase pending): $(get pod/pending "$scheduled.message")" \
  unschedulable

runs() { in_phase running Running && [ -n "$(get pod/running "$container.state.running.startedAt")" ]; }
wait_until 60 runs
promise "a Pod with a running container is Running" \
  "phase $(phase running), its container runs since $(get pod/running "$container.state.running.startedAt")" \
  runs

ended() { # ended POD PHASE EXIT-CODE
  in_phase "$1" "$2" && [ "$(exit_code "$1")" = "$3" ]
}
wait_until 60 ended succeeded Succeeded 0
promise "a Pod whose containers all ended with 0, for good, has Succeeded" \
  "phase $(phase succeeded), exit code $(exit_code succeeded)" \
  ended succeeded Succeeded 0

wait_until 30 ended failed Failed 1
promise "a Pod with a container that ended with another code, for good, has Failed" \
  "phase $(phase failed), exit code $(exit_code failed)" \
  ended failed Failed 1

crashes() { in_phase crashing Running && [ "$(restarts crashing)" -ge 1 ]; }
wait_until 30 crashes
promise "a Pod whose container fails again and again is still Running" \
  "phase $(phase crashing), $(restarts crashing) restarts, last exit code $(get pod/crashing "$container.lastState.terminated.exitCode")" \
  crashes
