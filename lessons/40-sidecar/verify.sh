#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/sidecar
plan 4

sidecar='.status.initContainerStatuses[0].state'
succeeded() { [ "$(phase sidecar)" = Succeeded ]; }
wait_until 60 succeeded

main=$(kubectl logs sidecar -c main)
promise "the main container started after the startup probe of the sidecar had succeeded" "$(head -n 1 <<<"$main")" \
  grep -q '^the shipper is ready$' <<<"$main"

shipper=$(kubectl logs sidecar -c shipper)
promise "the sidecar ran until the main container had ended, then it got SIGTERM" "$(tail -n 1 <<<"$shipper")" \
  grep -q '^SIGTERM; the last line of the log is: the main container ends$' <<<"$shipper"

main_end=$(of sidecar state.terminated.finishedAt)
sidecar_end=$(get pod/sidecar "$sidecar.terminated.finishedAt")
in_order() { [ -n "$main_end" ] && [[ ! "$sidecar_end" < "$main_end" ]]; }
promise "the main container ended before the sidecar" "$main_end, then $sidecar_end" in_order

promise "the Pod has succeeded, although the sidecar does not end by itself" \
  "phase $(phase sidecar), restarts of the sidecar: $(get pod/sidecar '.status.initContainerStatuses[0].restartCount')" \
  succeeded
