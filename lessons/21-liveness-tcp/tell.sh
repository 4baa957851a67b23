#!/usr/bin/env bash
# tell.sh SCHEDULE: tells the program how to answer probes from now on, as `curl -X PUT -d SCHEDULE` does where curl is.
set -euo pipefail

answer=$(printf 'PUT /probes/liveness HTTP/1.0\r\nContent-Length: %d\r\n\r\n%s' "${#1}" "$1" |
  kubectl exec -i liveness-tcp -- nc localhost 8080)
tail -n 2 <<<"$answer"
grep -q '^HTTP/[0-9.]* 200' <<<"$answer"
