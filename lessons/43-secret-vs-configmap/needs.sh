#!/usr/bin/env bash
set -uo pipefail
. "$(dirname "$0")/../lesson.sh"

may impersonate serviceaccounts
may create rolebindings
