#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

pod=pod/init-prepare
init='.status.initContainerStatuses[0]' app='.status.containerStatuses[0]'
need "$pod"
plan 3

again() { [ "$(get $pod "$app.restartCount")" -ge 1 ] && [ "$(get $pod "$app.ready")" = true ]; }
wait_until 60 again

page=$(get configmap/page '.data.index\.html')
served() { kubectl exec init-prepare -c demo-app -- wget -qO- localhost:8080/; }
same_page() { [ -n "$page" ] && [ "$(served)" = "$page" ]; }
wait_until 10 same_page
promise "the app serves the page that the init container fetched" "the app answers: $(served 2>&1)" same_page

fetched=$(get $pod "$init.state.terminated.finishedAt")
exit_code=$(get $pod "$init.state.terminated.exitCode")
started=$(get $pod "$app.lastState.terminated.startedAt")
ended=$(get $pod "$app.lastState.terminated.finishedAt")
# The API's times are whole seconds and sort as text.
before() { [ "$exit_code" = 0 ] && [ -n "$fetched" ] && [ -n "$started" ] && ! [[ "$fetched" > "$started" ]]; }
promise "the init container exited with 0 before the app started" \
  "exit code $exit_code at $fetched, the app's first start at $started" before

once() { again && [ -n "$fetched" ] && [[ "$fetched" < "$ended" ]]; }
promise "the init container did not run again when the app restarted" \
  "its last run ended at $fetched, the app's first run at $ended" once
