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
promise "a container that ended with 0 is not started again, and its Pod has Succeeded" "$(outcome succeeds)" \
  ended succeeds 0

failed_again() {
  restarted fails 2 &&
    [ "$(of fails lastState.terminated.reason) $(of fails lastState.terminated.exitCode)" = "Error 1" ]
}
wait_until 60 failed_again
promise "a container that ended with 1 is started again each time" \
  "phase $(phase fails), $(of fails restartCount) restarts, before the last one $(of fails lastState.terminated.reason) with exit code $(of fails lastState.terminated.exitCode)" \
  failed_again

# back-off 20s restarting failed container=…, while the kubelet holds it back
said=
held_back() {
  said=$(of fails state.waiting.message)
  grep -q '^back-off ' <<<"$said"
}
wait_until 60 held_back
longer="its restarts are held back: after the second one for 20 s or longer"
if grep -Eq '^back-off 1?[0-9]s ' <<<"$said"; then
  skip "$longer" "this node is configured to wait less: $said"
else
  promise "$longer" "$said" grep -Eq '^back-off ([2-5][0-9]s|[0-9]+m[0-9]+s) ' <<<"$said"
fi

wait_until 60 ended third-try 2
third=$(kubectl logs third-try 2>/dev/null | tail -n 1)
third_try() { ended third-try 2 && [ "$third" = "this is try 3" ]; }
promise "a container that succeeds with its third try is restarted twice, and then left alone" \
  "$(outcome third-try); its log: $third" \
  third_try
