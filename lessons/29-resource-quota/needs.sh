#!/usr/bin/env bash
set -uo pipefail
. "$(dirname "$0")/../lesson.sh"

# By default, the administrator of a namespace has no permission to write quotas.
may create resourcequotas

no_limits
