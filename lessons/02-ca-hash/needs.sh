#!/usr/bin/env bash
set -uo pipefail

if ! command -v openssl >/dev/null; then
  echo "openssl is not on the PATH; install it"
  exit 1
fi
