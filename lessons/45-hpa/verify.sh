#!/usr/bin/env bash
set -u
. "$(dirname "$0")/../lesson.sh"

need deployment/demo hpa/demo
plan 4

# autoscaling/v1 exists in all versions, and has the CPU use as one number.
use() { get horizontalpodautoscalers.v1.autoscaling/demo .status.currentCPUUtilizationPercentage; }
known() { [ -n "$(use)" ]; }
wait_until 60 known
promise "the autoscaler knows the CPU use of the Pods" "$(use) % of the request" known

sizes() { # the sizes that the autoscaler has set, from its Events
  kubectl get events --field-selector involvedObject.name=demo,reason=SuccessfulRescale \
    -o jsonpath='{range .items[*]}{.message}{"\n"}{end}' | sed -n 's/^New size: \([0-9]*\);.*/\1/p'
}
promise "the load added replicas, up to three" "sizes: $(sizes | paste -s -d ' ' -)" grep -qx 3 <<<"$(sizes)"

within() { ! grep -qv '^[123]$' <<<"$(sizes)"; }
promise "there were never more than maxReplicas" "sizes: $(sizes | paste -s -d ' ' -)" within

replicas() { get deployment/demo .spec.replicas; }
removed() { [ "$(replicas)" = 1 ] && grep -qx 1 <<<"$(sizes)"; }
wait_until 120 removed
promise "without the load, the autoscaler removed the replicas" "replicas: $(replicas)" removed
