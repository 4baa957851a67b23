#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/post-start
need pod/failing-hook
plan 3

written() { [ "$(ask post-start marker)" = "Hello from the postStart handler" ]; }
wait_until 60 written
promise "the hook wrote its message in the container" "$(ask post-start marker)" written

# at EVENT: its time in UTC, as the program recorded it. The time of the marker is the file's modification time.
at() { ask post-start lifecycle | sed -n "s/^$1  *\([0-9T:.-]*\)Z.*/\1/p"; }
probed() { [ "$(at first-readiness-probe)" ]; }
wait_until 30 probed
started=$(at process-start)
marked=$(kubectl exec post-start -- wget -qO- --header 'Accept: application/json' localhost:8080/marker |
  sed -n 's/.*"writtenAt":"\([0-9T:.-]*\)Z".*/\1/p')
probe=$(at first-readiness-probe)
in_order() { [[ $started < $marked && $marked < $probe ]]; }
promise "the program ran at the same time as the hook, and the first probe came after the hook" \
  "program started $started, hook wrote $marked, first probe $probe" in_order

failed_hooks() {
  kubectl get events --field-selector involvedObject.name=failing-hook,reason=FailedPostStartHook -o name
}
container='.status.containerStatuses[0]'
exit_code() { get pod/failing-hook "$container.lastState.terminated.exitCode"; }
restarts() { get pod/failing-hook "$container.restartCount"; }
# 143 is SIGTERM, 137 is SIGKILL: the program did not exit by itself.
killed() { [ "$(failed_hooks)" ] && [[ $(exit_code) =~ ^(143|137)$ ]]; }
wait_until 30 killed
promise "the kubelet kills a container whose hook fails" \
  "event $(failed_hooks | sed -n '1s/.*/FailedPostStartHook/p'), exit code $(exit_code), $(restarts) restarts" killed
