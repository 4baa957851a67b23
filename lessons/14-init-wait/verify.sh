#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

pod=pod/init-wait
need "$pod"
plan 4

first='.status.initContainerStatuses[0]' second='.status.initContainerStatuses[1]' app='.status.containerStatuses[0]'
running() { [ -n "$(get $pod "$app.state.running.startedAt")" ]; }
wait_until 60 running

# An init container ends when DNS answers with the address of its Service. Its log stays, and says which address that was.
found() { # found CONTAINER SERVICE
  local address
  address=$(get "service/$2" .spec.clusterIP)
  [ -n "$address" ] && kubectl logs $pod -c "$1" | grep -Fx "Address: $address"
}
promise "the first init container ended when Service myservice was there" \
  "its log: $(found wait-for-myservice myservice)" found wait-for-myservice myservice
promise "the second init container ended when Service mydb was there" \
  "its log: $(found wait-for-mydb mydb)" found wait-for-mydb mydb

# Times of the API are whole seconds, and sort as text.
times=$(for time in "$first.state.terminated.startedAt" "$first.state.terminated.finishedAt" \
  "$second.state.terminated.startedAt" "$second.state.terminated.finishedAt" "$app.state.running.startedAt"; do
  get $pod "$time" && echo
done)
in_order() { [ "$(wc -l <<<"$times")" -eq 5 ] && [ "$times" = "$(sort <<<"$times")" ]; }
promise "one after the other: the first, the second, then the app" \
  "started and ended: $(sed 's/.*T//; s/Z//' <<<"$times")" in_order

ended=$(kubectl get $pod -o jsonpath='{range .status.initContainerStatuses[*]}{.state.terminated.exitCode},{.restartCount} {end}')
promise "waiting is not failing: each ended with exit code 0, and none was restarted" \
  "exit code, restarts: $ended" test "$ended" = "0,0 0,0 "
