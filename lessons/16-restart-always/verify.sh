#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

pod=pod/restart-always
container='.status.containerStatuses[0]'
need $pod
plan 4

restarts() { get $pod "$container.restartCount"; }
restarted() { [ "$(restarts)" -ge 3 ]; }
wait_until 120 restarted

# What the kubelet says while it holds the container back: back-off 40s restarting failed container=…
said=
held_back() {
  said=$(get $pod "$container.state.waiting.message")
  grep -Eq '^back-off (40s|[1-5]m[0-9]*s) ' <<<"$said"
}
wait_until 60 held_back

code=$(get $pod "$container.lastState.terminated.exitCode")
reason=$(get $pod "$container.lastState.terminated.reason")
success_restarts() { restarted && [ "$code $reason" = "0 Completed" ]; }
promise "a container that ended with 0 is started again, and each restart counts" \
  "$(restarts) restarts, last exit code $code, $reason" \
  success_restarts

# The program's own diary, a line per restart: started again 17 s after the end
waits=$(kubectl logs restart-always 2>/dev/null | sed -n 's/^started again \([0-9]*\) s.*/\1/p')
waited() { # waited RESTART SECONDS: no restart before that time
  [ "$(sed -n "$1p" <<<"$waits")" -ge "$2" ]
}
grows() { waited 2 10 && waited 3 20; }
promise "the second restart comes after 10 s or more, the third after 20 s or more" \
  "the program was started again after $(tr '\n' ' ' <<<"$waits")s" \
  grows

promise "after the third restart the kubelet holds it back for 40 s or longer" "$said" \
  held_back

phase=$(get $pod .status.phase)
promise "the Pod stays Running" "phase $phase, the container: $(get $pod "$container.state.waiting.reason")" \
  test "$phase" = Running
