#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/exit-0 pod/exit-1 pod/unhealthy
plan 4

# A Pod never leaves the phases Succeeded and Failed, so no restart can follow.
ended() { # ended POD PHASE REASON EXIT-CODE: without a restart
  [ "$(phase "$1")" = "$2" ] && [ "$(of "$1" restartCount)" = 0 ] &&
    [ "$(of "$1" state.terminated.reason) $(of "$1" state.terminated.exitCode)" = "$3 $4" ]
}

wait_until 30 ended exit-0 Succeeded Completed 0
promise "the kubelet does not restart a container that exited with 0: the Pod has Succeeded" "$(outcome exit-0)" \
  ended exit-0 Succeeded Completed 0

wait_until 30 ended exit-1 Failed Error 1
promise "the kubelet does not restart a container that exited with 1: the Pod has Failed" "$(outcome exit-1)" \
  ended exit-1 Failed Error 1

wait_until 60 ended unhealthy Failed Error 137
promise "the kubelet does not restart a container that its liveness probe has killed" "$(outcome unhealthy)" \
  ended unhealthy Failed Error 137

log=$(kubectl logs exit-1 2>/dev/null)
promise "the log of a container remains after its end" "its log: $log" \
  test "$log" = "the disk is full"
