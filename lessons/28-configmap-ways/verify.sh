#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

pod=pod/configmap-ways
need $pod
plan 5

# The values that the program sees, and since when. The table's line of the key `greeting` is
# greeting   Hello ! 09:02:11   Hello ! 09:02:11   Hello ! 09:02:11   Hello again 09:02:18   Hello again 09:02:14
sources() { kubectl exec configmap-ways -- wget -qO- "$@" localhost:8080/sources; }
way() { # way COLUMN: its value, such as `Hello ! 09:02:11`
  sources | grep '^greeting ' | sed 's/   */|/g' | cut -d '|' -f "$1"
}
argument() { way 2; }
variable() { way 3; }
subpath() { way 4; }
volume() { way 5; }
api() { way 6; }

changed() { "$1" | grep -q '^Hello again [0-9:]*$'; }
kept() { "$1" | grep -q '^Hello ! [0-9:]*$'; }

watched() {
  changed api && sources --header 'Accept: application/json' | grep -q '"source":"api"[^}]*"watching":true'
}
wait_until 30 watched
promise "the program saw the new value through a watch of the API" "$(api)" watched

# A restart after the change would give the variable the new value. One before it, on a busy node, does no harm.
in_place() { changed volume && kept variable; }
wait_until 30 in_place
promise "the volume got the new value, without a restart" \
  "$(volume), $(sources | grep -o 'last delay.*'); the variable is still $(variable)" in_place

promise "the environment variable kept the old value" "$(variable)" kept variable
promise "the argument kept the old value" "$(argument)" kept argument
promise "the subPath file kept the old value" "$(subpath)" kept subpath
