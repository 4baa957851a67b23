#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need job/parts job/retries job/deadline cronjob/report
plan 5

condition() { # condition JOB TYPE FIELD: a field of a condition, such as reason
  get "job/$1" ".status.conditions[?(@.type==\"$2\")].$3"
}
ended() { # ended JOB: whether it has completed or failed
  [ "$(condition "$1" Complete status)$(condition "$1" Failed status)" = True ]
}
wait_until 60 ended parts

# A line per Pod: when it was created, and when its container ended. Such times can be compared as text.
times=$(kubectl get pods -l job-name=parts -o jsonpath="{range .items[*]}{.metadata.creationTimestamp} \
{$container.state.terminated.finishedAt}{\"\n\"}{end}" | sort)
# The largest number of Pods at the same time. Pods that end and start in the same second follow each other.
most=$(awk '{ from[NR] = $1; to[NR] = $2 }
  END {
    for (p = 1; p <= NR; p++) {
      together = 0
      for (q = 1; q <= NR; q++) if (from[q] <= from[p] && to[q] > from[p]) together++
      if (together > most) most = together
    }
    print most + 0
  }' <<<"$times")
in_pairs() {
  [ "$(condition parts Complete status)" = True ] && [ "$(get job/parts .status.succeeded)" = 4 ] && [ "$most" = 2 ]
}
promise "a Job with 4 completions and a parallelism of 2 runs 4 Pods, 2 at the same time" \
  "succeeded: $(get job/parts .status.succeeded), at the same time: $most" in_pairs

logs=$(kubectl logs -l job-name=parts)
promise "the Pods of a completed Job stay, with their logs" "$(tr '\n' ',' <<<"$logs")" \
  test "$(grep -c 'this part is done' <<<"$logs")" = 4

wait_until 60 ended retries
codes=$(kubectl get pods -l job-name=retries -o jsonpath="{.items[*]$container.state.terminated.exitCode}")
given_up() { [ "$(condition retries Failed reason)" = BackoffLimitExceeded ] && [ "$codes" = "3 3" ]; }
promise "with a backoffLimit of 1, a Job tries a second time and then fails" \
  "$(condition retries Failed reason), exit codes of its Pods: $codes" given_up

wait_until 60 ended deadline
left() { kubectl get pods -l job-name=deadline -o name; }
stopped() { [ "$(condition deadline Failed reason)" = DeadlineExceeded ] && [ -z "$(left)" ]; }
wait_until 60 stopped
promise "after activeDeadlineSeconds, a Job fails and its Pod is removed" \
  "$(condition deadline Failed reason), Pods: $(left | grep . || echo none)" stopped

created() { # a line per Job of the CronJob: its name, its owner and the number of Pods that have succeeded
  kubectl get jobs -l app=report -o jsonpath="{range .items[*]}{.metadata.name} \
{.metadata.ownerReferences[0].kind}/{.metadata.ownerReferences[0].name} {.status.succeeded}{\"\n\"}{end}"
}
scheduled() { grep -q ' CronJob/report 1$' <<<"$(created)"; }
wait_until 90 scheduled
promise "the CronJob created a Job by itself, and the Job has completed" "$(created | head -n 1)" scheduled
