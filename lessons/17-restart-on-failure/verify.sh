#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/succeeds pod/fails pod/third-try
plan 4

ended() { # ended POD RESTARTS: with success, after that many restarts
  [ "$(phase "$1")" = Succeeded ] && [ "$(of "$1" restartCount)" = "$2" ] &&
    [ "$(of "$1" state.terminated.reason) $(of "$1" state.terminated.exitCode)" = "Completed 0" ]
}

wait_until 30 ended succeeds 0
promise "the kubelet does not restart a container that exited with 0, and the Pod has Succeeded" "$(outcome succeeds)" \
  ended succeeds 0

failed_again() {
  restarted fails 2 &&
    [ "$(of fails lastState.terminated.reason) $(of fails lastState.terminated.exitCode)" = "Error 1" ]
}
wait_until 60 failed_again
promise "the kubelet restarts a container each time it exits with 1" \
  "phase $(phase fails), $(of fails restartCount) restarts, previous run: \
$(of fails lastState.terminated.reason) with exit code $(of fails lastState.terminated.exitCode)" \
  failed_again

# While the kubelet delays the restart: back-off 20s restarting failed container=…
said=
delayed() {
  said=$(of fails state.waiting.message)
  grep -q '^back-off ' <<<"$said"
}
wait_until 60 delayed
longer="the kubelet delays the restarts: after the second one for 20 s or longer"
if grep -Eq '^back-off 1?[0-9]s ' <<<"$said"; then
  skip "$longer" "this node is configured for shorter delays: $said"
else
  promise "$longer" "$said" grep -Eq '^back-off ([2-5][0-9]s|[0-9]+m[0-9]+s) ' <<<"$said"
fi

wait_until 60 ended third-try 2
third=$(kubectl logs third-try 2>/dev/null | tail -n 1)
third_try() { ended third-try 2 && [ "$third" = "this is try 3" ]; }
promise "the kubelet restarts a container twice if its third try succeeds, and then no more" \
  "$(outcome third-try); its log: $third" \
  third_try
