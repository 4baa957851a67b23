#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

pod=pod/init-wait
need "$pod"
plan 4

first='.status.initContainerStatuses[0]' second='.status.initContainerStatuses[1]' app='.status.containerStatuses[0]'
running() { [ -n "$(get $pod "$app.state.running.startedAt")" ]; }
wait_until 60 running

# An init container waits until DNS has the address of its Service. Its log has one line per try.
log() { kubectl logs $pod -c "wait-for-$1" 2>/dev/null; }
waited() { # waited SERVICE: first there was no address, then it found the address of the Service
  local address
  address=$(get "service/$1" .spec.clusterIP)
  [ -n "$address" ] && log "$1" | grep -q "dns:$1 is not available" && log "$1" | grep -qF " dns:$1 resolves to $address "
}
promise "the first init container waited until the Service myservice existed" \
  "its log ends with: $(log myservice | tail -n 1)" waited myservice
promise "the second init container waited until the Service mydb existed" \
  "its log ends with: $(log mydb | tail -n 1)" waited mydb

# The API's times are whole seconds and sort as text.
times=$(for time in "$first.state.terminated.startedAt" "$first.state.terminated.finishedAt" \
  "$second.state.terminated.startedAt" "$second.state.terminated.finishedAt" "$app.state.running.startedAt"; do
  get $pod "$time" && echo
done)
in_order() { [ "$(wc -l <<<"$times")" -eq 5 ] && [ "$times" = "$(sort <<<"$times")" ]; }
promise "the containers ran one after the other: first init container, second init container, app" \
  "started and ended: $(sed 's/.*T//; s/Z//' <<<"$times")" in_order

ended=$(kubectl get $pod -o \
  jsonpath='{range .status.initContainerStatuses[*]}{.state.terminated.exitCode},{.restartCount} {end}')
promise "waiting is not a failure: both init containers exited with 0, without a restart" \
  "exit code, restarts: $ended" test "$ended" = "0,0 0,0 "
