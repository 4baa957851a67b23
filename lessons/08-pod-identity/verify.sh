#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need configmap/before
plan 3

# NAME and UID of each Pod, as the lesson wrote them down, and as they are now
before() { get configmap/before .data.pods | grep "^$1"; }
now() { kubectl get pods -o custom-columns=NAME:.metadata.name,UID:.metadata.uid --no-headers | grep "^$1"; }
name() { "$@" | sed 's/ .*//'; }
uid() { "$@" | sed 's/.* //'; }

back() { # back APP: there is a Pod of it again, and it is not the one of before
  [ -n "$(before "$1")" ] && [ -n "$(now "$1")" ] && [ "$(uid now "$1")" != "$(uid before "$1")" ]
}

renamed() { back web && [ "$(name now web)" != "$(name before web)" ]; }
wait_until 30 renamed
promise "the Deployment's Pod came back under another name and UID" "$(before web); now $(now web)" renamed

same_name() { back db && [ "$(name now db)" = "$(name before db)" ]; }
wait_until 30 same_name
promise "the StatefulSet's Pod came back under the same name, with another UID" "$(before db); now $(now db)" same_name

bare() { kubectl get pod bare --ignore-not-found -o jsonpath='{.metadata.name} {.metadata.uid}'; }
stayed_away() { [ -n "$(before bare)" ] && there=$(bare) && [ -z "$there" ]; }
promise "the bare Pod did not come back" "$(before bare); now $(bare | grep . || echo none)" stayed_away
