#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need pod/client-of-graceful pod/client-of-abrupt pod/stays
plan 3

log() { kubectl logs "client-of-$1"; }
summary() { log "$1" | grep -E '[0-9]+ answered, [0-9]+ failed'; }
wait_until 30 summary graceful
wait_until 30 summary abrupt

# 10:00:12.345 an unknown pod sends Connection: close
closes() { log "$1" | sed -n 's/^\([0-9:.]*\) .* sends Connection: close$/\1/p' | head -n 1; }
# 3 failed: connection closed before the answer, the first at …
failures() { log "$1" | sed -n 's/^  \([0-9]* failed: .*\)/\1/p' | paste -s -d ';' -; }

polite() { [ "$(closes graceful)" ] && grep -q ' 0 failed' <<<"$(summary graceful)"; }
promise "a server that gets SIGTERM sends Connection: close, and no request fails" \
  "Connection: close at $(closes graceful); $(summary graceful)" polite

cut_off() { [ -z "$(closes abrupt)" ] && grep -q 'connection closed' <<<"$(failures abrupt)"; }
promise "a server that does not get it keeps its connections until SIGKILL, and requests fail" \
  "Connection: close at $(closes abrupt | grep . || echo no time); $(failures abrupt)" cut_off

# The log of the Pod that stays: 2026-11-27T15:41:56.423Z INFO  [access-log] 10.244.0.7 "GET /delay/1s …
client=$(get pod/client-of-abrupt .status.podIP)
first=$(kubectl logs stays | sed -n "s/^[0-9-]*T\([0-9:.]*\)Z .* $client \"GET .*/\1/p" | head -n 1)
failed=$(log abrupt | sed -n 's/^\([0-9:.]*\) the first failure of its kind: connection closed.*/\1/p' | head -n 1)
stuck() { [ "$failed" ] && [ "$first" ] && at_least 0 "$(seconds "$failed" "$first")"; }
promise "an open connection stays with its Pod: the other Pod got requests only after it was closed" \
  "connections closed $failed, first request to the other Pod answered $first" stuck
