#!/usr/bin/env bash
set -uo pipefail

may() { # may VERB RESOURCE…
  kubectl auth can-i "$@" >/dev/null 2>&1 && return
  echo "missing permission: $*"
  exit 1
}

may impersonate serviceaccounts
may create rolebindings
