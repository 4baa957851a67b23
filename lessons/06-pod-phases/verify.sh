#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/pending pod/running pod/succeeded pod/failed pod/crashing
plan 5

in_phase() { [ "$(phase "$1")" = "$2" ]; }

scheduled='.status.conditions[?(@.type=="PodScheduled")]'
unschedulable() {
  in_phase pending Pending &&
    [ -z "$(get pod/pending .spec.nodeName)" ] &&
    [ "$(get pod/pending "$scheduled.reason")" = Unschedulable ]
}
wait_until 30 unschedulable
promise "a Pod stays Pending while no node has enough resources for it" \
  "phase $(phase pending): $(get pod/pending "$scheduled.message")" \
  unschedulable

runs() { in_phase running Running && [ -n "$(of running state.running.startedAt)" ]; }
wait_until 60 runs
promise "a Pod with a running container is Running" \
  "phase $(phase running), its container has been running since $(of running state.running.startedAt)" \
  runs

ended() { # ended POD PHASE EXIT-CODE
  in_phase "$1" "$2" && [ "$(of "$1" state.terminated.exitCode)" = "$3" ]
}
wait_until 60 ended succeeded Succeeded 0
promise "a Pod has Succeeded when all its containers exited with 0 and will not restart" "$(outcome succeeded)" \
  ended succeeded Succeeded 0

wait_until 30 ended failed Failed 1
promise "a Pod has Failed when a container exited with a code other than 0 and will not restart" "$(outcome failed)" \
  ended failed Failed 1

crashes() { in_phase crashing Running && restarted crashing; }
wait_until 30 crashes
promise "a Pod stays Running while its container fails and restarts" \
  "phase $(phase crashing), $(of crashing restartCount) restarts, \
last exit code $(of crashing lastState.terminated.exitCode)" \
  crashes
