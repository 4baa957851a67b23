#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need deployment/web service/web
[ "$(kubectl get replicasets -l version=two -o name)" ] || {
  echo "Bail out! no ReplicaSet of version two: play the lesson first"
  exit 1
}
plan 3

# The ReplicaSet of version two still exists, with no Pods.
two_created=$(kubectl get replicasets -l version=two -o jsonpath='{.items[0].metadata.creationTimestamp}')

condition() { get deployment/web ".status.conditions[?(@.type==\"Progressing\")].$1"; }
running() { get deployment/web "$1"; }
undone() {
  [ "$(running .spec.template.metadata.labels.version)" = one ] &&
    [ "$(running .status.updatedReplicas) $(running .status.readyReplicas) $(running .status.replicas)" = "3 3 3" ]
}
wait_until 60 undone

created=$(kubectl get pods -l version=one --sort-by=.metadata.creationTimestamp \
  -o jsonpath='{range .items[*]}{.metadata.creationTimestamp}{"\n"}{end}')
youngest=$(tail -n 1 <<<"$created")
old_pods() { [ "$(wc -l <<<"$created")" -eq 3 ] && [[ ! $youngest > $two_created ]]; }
promise "the rollout removed no Pod of version one" \
  "the youngest was created at $youngest, version two at $two_created" old_pods

# This time only changes when the status of the condition changes: to False at the deadline, to True at the undo.
changed=$(condition lastTransitionTime)
was_stuck() {
  [ "$(condition status)" = True ] && at_least 10 "$(seconds "$two_created" "$changed")"
}
wait_until 30 was_stuck
changed=$(condition lastTransitionTime)
promise "Progressing became False after the deadline of 10 s, and True again with the undo" \
  "version two created at $two_created, Progressing $(condition status) since $changed" was_stuck

# With maxUnavailable: 1, the rollout removes a Pod of version one, which can still be Terminating.
remaining() {
  kubectl get pods -l version=one -o go-template='{{range .items}}
    {{- if not .metadata.deletionTimestamp}}{{println .status.podIP}}{{end}}{{end}}' | sort
}
back() { undone && [ "$(endpoints web | wc -l)" -eq 3 ] && [ "$(endpoints web)" = "$(remaining)" ]; }
wait_until 30 back
promise "after the undo, all three endpoints of the Service are Pods of version one" \
  "version $(running .spec.template.metadata.labels.version), endpoints $(endpoints web)" back
