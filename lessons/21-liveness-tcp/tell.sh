#!/usr/bin/env bash
# tell.sh SCHEDULE: sets the program's answers to probes from now on, like `curl -X PUT -d SCHEDULE`.
# The image has no curl.
set -euo pipefail

answer=$(printf 'PUT /probes/liveness HTTP/1.0\r\nContent-Length: %d\r\n\r\n%s' "${#1}" "$1" |
  kubectl exec -i liveness-tcp -- nc localhost 8080)
tail -n 2 <<<"$answer"
grep -q '^HTTP/[0-9.]* 200' <<<"$answer"
