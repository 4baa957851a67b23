#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

for pod in rhythm timeout-1 timeout-5 success-3 failure-2; do
  need "pod/$pod"
done
plan 5

is_ready() { [ "$(of "$1" ready)" = true ]; }
became_ready() { get "pod/$1" '.status.conditions[?(@.type=="Ready")].lastTransitionTime'; }
history() { ask "$1" probes/readiness/history; }

# initialDelaySeconds: 15. A busy node probes later, never earlier. The program must have been up for longer than a
# period by then. If it started slowly, the first probe would also be late without any delay.
wait_until 90 is_ready rhythm
started=$(of rhythm state.running.startedAt)
up=$(kubectl logs rhythm | awk '/ probes: / { print $1; exit }')
first_probe=$(history rhythm | awk '$1 == 1 { print $2 }')
delay=$(seconds "$started" "$first_probe") unasked=$(seconds "$up" "$first_probe")
text="initialDelaySeconds: 15 delayed the first probe"
if is_ready rhythm && [ -z "$first_probe" ]; then
  skip "$text" "the history keeps the last 200 probes and no longer contains the first one"
elif at_least 15 "$delay" && ! at_least 4 "$unasked"; then
  skip "$text" "the program started slowly: the first probe came only ${unasked}s after it was up"
else
  promise "$text" "${delay}s after the start of the container, ${unasked}s after the program was up" \
    at_least 15 "$delay"
fi

# periodSeconds: 3. The program records the time from each probe to the next. A single probe may be late.
intervals() { history rhythm | awk '$5 == "ok" && $6 ~ /s$/ { print $6 + 0 }'; }
are_enough() { [ "$(intervals | wc -l)" -ge 5 ]; }
wait_until 60 are_enough
median=$(intervals | LC_ALL=C sort -n | awk '{ interval[NR] = $1 } END { print interval[int((NR + 1) / 2)] }')
is_about_3() { awk -v is="${median:-0}" 'BEGIN { exit !(2.5 <= is && is <= 4.5) }'; }
promise "periodSeconds: 3 is the time between two probes" "median ${median}s" \
  is_about_3

# timeoutSeconds: 1 and 5, for answers that take two seconds.
left() { history "$1" | grep -c 'hang, disconnected after'; }
differ() { is_ready timeout-5 && ! is_ready timeout-1 && [ "$(left timeout-1)" -ge 1 ]; }
wait_until 90 differ
promise "timeoutSeconds decides whether an answer after 2 s counts" \
  "1 s: $(left timeout-1) timeouts, ready: $(of timeout-1 ready); 5 s: ready: $(of timeout-5 ready)" \
  differ

# successThreshold: 3. From the first success to Ready, two more periods of 3 s pass. The API's time has whole seconds.
wait_until 90 is_ready success-3
first_success=$(kubectl logs success-3 | awk '/readiness probe .* answer changed from fail to ok/ { print $1; exit }')
later=$(seconds "$first_success" "$(became_ready success-3)")
promise "successThreshold: 3 requires three successes in a row" "ready ${later}s after the first success" \
  at_least 4 "$later"

# failureThreshold: 2. The termination message of the program.
wait_until 90 restarted failure-2
message=$(of failure-2 lastState.terminated.message)
promise "failureThreshold: 2 allows one failure, not two" "termination message: $message" \
  grep -q '^liveness.* ok, 2 failed; startup' <<<"$message"
