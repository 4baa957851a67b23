#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need configmap/before
plan 3

# before APP, now APP: name and UID of its Pod, as the lesson saved them, and as they are now
before() { get configmap/before .data.pods | grep "^$1"; }
now() { kubectl get pods -o custom-columns=NAME:.metadata.name,UID:.metadata.uid --no-headers | grep "^$1"; }
name() { "$@" | sed 's/ .*//'; }
uid() { "$@" | sed 's/.* //'; }

back() { # back APP: it has a Pod again, and the UID is new
  [ -n "$(before "$1")" ] && [ -n "$(now "$1")" ] && [ "$(uid now "$1")" != "$(uid before "$1")" ]
}

renamed() { back web && [ "$(name now web)" != "$(name before web)" ]; }
wait_until 30 renamed
promise "the Deployment's new Pod has a new name and a new UID" "$(before web); now $(now web)" renamed

same_name() { back db && [ "$(name now db)" = "$(name before db)" ]; }
wait_until 30 same_name
promise "the StatefulSet's new Pod has the same name and a new UID" "$(before db); now $(now db)" same_name

bare() { kubectl get pod bare --ignore-not-found -o jsonpath='{.metadata.name} {.metadata.uid}'; }
stayed_away() { [ -n "$(before bare)" ] && there=$(bare) && [ -z "$there" ]; }
promise "the bare Pod was not replaced" "$(before bare); now $(bare | grep . || echo none)" stayed_away
