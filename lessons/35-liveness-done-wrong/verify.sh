#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need deployment/wrong deployment/right pod/database
plan 3

# list APP FIELD: a field of each replica
list() { kubectl get pods -l "app=$1" -o jsonpath="{range .items[*]}{$2}{\" \"}{end}"; }

all_restarted() {
  restarts=$(list wrong .status.containerStatuses[0].restartCount)
  codes=$(list wrong .status.containerStatuses[0].lastState.terminated.exitCode)
  [ "$(wc -w <<<"$restarts")" -eq 2 ] && [[ ! " $restarts" =~ " 0 " ]]
}
wait_until 60 all_restarted
promise "the liveness probe that asks the database restarted every replica" \
  "restarts: $restarts; exit codes: $codes" all_restarted

no_restarts=$(list right .status.containerStatuses[0].restartCount)
promise "no replica of the other Deployment was restarted" "restarts: $no_restarts" test "$no_restarts" = "0 0 "

# The database was created again after the outage.
database=$(get pod/database .metadata.creationTimestamp)
since() { list right '.status.conditions[?(@.type=="Ready")].lastTransitionTime'; }
returned() {
  local time times
  times=$(since)
  [ "$(wc -w <<<"$times")" -eq 2 ] && [ "$(endpoints right | wc -l)" -eq 2 ] || return
  for time in $times; do
    [[ $time < $database ]] && return 1
  done
  return 0
}
wait_until 90 returned
promise "its readiness probe took the replicas out of the Service, and they came back with the database" \
  "database created again at $database, ready since $(since)" returned
