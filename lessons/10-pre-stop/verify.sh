#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/witness
need pod/load
plan 3

# at POD EVENT: its time in UTC. The witness recorded the events that each program reported until its end:
# 09:10:48.088 demo-1 sigterm
at() { kubectl logs witness | sed -n "s/^\([0-9:.]*\) $1 $2\$/\1/p" | head -n 1; }


ended() { [ "$(at demo-1 last-request)" ]; }
wait_until 45 ended
last=$(at demo-1 last-request) sigterm=$(at demo-1 sigterm) not_ready=$(at demo-1 not-ready)

summary() { kubectl logs load --tail=20 | grep -E '[0-9]+ answered, [0-9]+ failed'; }
wait_until 15 summary
others_last=$(kubectl logs load | sed -n 's/.* by demo-2,.* the last at //p')

# Each Pod gets about five requests per second, so a second without a request is not a coincidence.
left_first() { [ "$last" ] && [ "$sigterm" ] && at_least 1 "$(seconds "$last" "$sigterm")"; }
none_lost() {
  grep -q ' 0 failed' <<<"$(summary)" && [ "$others_last" ] &&
    at_least 0 "$(seconds "$sigterm" "$others_last")"
}
left_first_and_none_lost() { left_first && none_lost; }
promise "before SIGTERM the Pod no longer got requests, and the client lost none" \
  "last request $last, SIGTERM $sigterm; $(summary), the last by demo-2 at $others_last" left_first_and_none_lost

stayed_ready() { [ "$sigterm" ] && [ "$not_ready" ] && at_least 0 "$(seconds "$sigterm" "$not_ready")"; }
promise "the endpoint was removed because of the deletion: the program was ready until SIGTERM" \
  "not ready from $not_ready" stayed_ready

cut_at() { [ "$(at too-long pre-stop-end)" ] && [ "$(at too-long sigterm)" ]; }
wait_until 45 cut_at
begin=$(at too-long pre-stop-begin) cut=$(at too-long sigterm) end=$(at too-long pre-stop-end)
was_cut() {
  [ "$begin" ] && [ "$cut" ] && [ "$end" ] &&
    at_least 0 "$(seconds "$cut" "$end")" && at_least "$(seconds "$begin" "$cut")" 20
}
promise "a hook of 30 s is cut short after the grace period of 5 s: SIGTERM comes while the hook runs" \
  "hook from $begin to $end, SIGTERM $cut" was_cut
