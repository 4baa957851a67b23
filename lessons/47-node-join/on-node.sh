#!/usr/bin/env bash
# on-node.sh COMMAND: runs a command as root on the new machine, or, if LAB_JOIN_NODE is not set, on this machine.
set -euo pipefail

if [ -n "${LAB_JOIN_NODE:-}" ]; then
  # shellcheck disable=SC2029 # the command is complete
  exec ssh -o BatchMode=yes -o ConnectTimeout=10 "$LAB_JOIN_NODE" "sudo $1" </dev/null
fi
exec sh -c "$1"
