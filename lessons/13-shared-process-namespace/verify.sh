#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

pod=pod/neighbors
need "$pod"
plan 3

processes() { kubectl exec neighbors -c "$1" -- ps; }
# The program of the other container, and the Pod's own first process.
sees() { # sees CONTAINER PROGRAM
  local list
  list=$(processes "$1")
  grep -Eq "$2" <<<"$list" && grep -q '^ *1 .*pause' <<<"$list"
}
both() { sees shell "^ *[0-9]+ +[^ ]+ +/opt/java/bin/java @" && sees demo-app 'sleep 3600'; }
promise "each container sees the other's process, and PID 1 is the Pod's pause process" \
  "in shell: $(processes shell | awk 'NR > 1 { printf "%s %s, ", $1, $3 }')" both

whoami() { kubectl exec neighbors -c demo-app -- wget -qO- "localhost:8080/whoami/$1"; }
message=$(whoami message) generation=$(whoami generation)
reloaded() { [ "$message" = "Hello from your neighbor" ] && [ "$generation" -ge 2 ]; }
promise "a signal from one container made the program in the other container reload its file" \
  "generation $generation, message: $message" reloaded

restarts=$(kubectl get $pod -o jsonpath='{.status.containerStatuses[*].restartCount}')
capabilities=$(kubectl exec neighbors -c shell -- grep CapEff /proc/self/status | tr -d '\t')
plain() { [ "$restarts" = "0 0" ] && [ "$capabilities" = CapEff:0000000000000000 ]; }
promise "no container restarted, and the container shell has no capability" "restarts $restarts, $capabilities" plain
