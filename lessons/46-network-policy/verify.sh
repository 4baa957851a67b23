#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/server pod/friend pod/stranger networkpolicy/deny networkpolicy/allow-friend
plan 4

# Each client logs a line per second, for example: answered, answered, no answer, no answer, answered
changes() { kubectl logs "$1" | uniq | paste -s -d , - | sed 's/,/, then /g'; }
open_to_all() { kubectl logs friend | grep -q answered && kubectl logs stranger | grep -q answered; }
promise "without a policy, each Pod can send requests to each other Pod" \
  "the friend: $(changes friend); the stranger: $(changes stranger)" open_to_all

# A single request can also fail for another reason, so two in a row count.
denied() { kubectl logs friend | paste -s -d , - | grep -Eq 'answered(,no answer){2,},answered'; }
promise "the policy deny without any rule denied all requests to the server" "the friend: $(changes friend)" denied

last() { kubectl logs "$1" --tail=2 | sort -u; } # the last two requests
back() { [ "$(last friend)" = answered ]; }
wait_until 30 back
promise "the policy allow-friend allows the requests of the friend" "last requests: $(last friend)" back

still() { [ "$(last stranger)" = "no answer" ]; }
wait_until 10 still
promise "the requests of the stranger are still denied" "last requests: $(last stranger)" still
