#!/usr/bin/env bash
# get.sh PATH: sends a GET request as Alice and prints the HTTP status. verify.sh reads the answers in answers.txt.
set -uo pipefail

# With -v=6, kubectl logs each request with the status of its answer.
status=$(kubectl --kubeconfig=alice.kubeconfig get --raw "$1" -v=6 2>&1 >/dev/null |
  grep -oE '200 OK|40[0-9] [A-Z][a-z]+' | head -n 1)
echo "${status:=no answer}"
echo "$1 $status" >>answers.txt
