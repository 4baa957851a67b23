#!/usr/bin/env bash
set -uo pipefail
. "$(dirname "$0")/../lesson.sh"

# By default, the administrator of a namespace has no permission to write quotas.
may create resourcequotas

objects=$(kubectl get resourcequotas,limitranges -o name | paste -s -d ' ' -)
if [ -n "$objects" ]; then
  echo "this cluster adds $objects to each new namespace; this lesson needs a namespace without them"
  exit 1
fi
