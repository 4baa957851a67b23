#!/bin/sh
# train.sh ROUNDS [JAVA-OPTION...]
# Trains the AOT cache: starts the service with these options on a free loopback port, requests its pages
# ROUNDS times, and stops it. Runs in the image with busybox.
rounds=$1 log=/tmp/training.log tries=0 port=
shift
fail() {
  cat $log
  echo "training: $1"
  exit 1
}
export XDG_STATE_HOME=/tmp QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_HTTP_PORT=0
java @/opt/podlab/java.options "$@" -jar /opt/podlab/app/quarkus-run.jar >$log 2>&1 &
java=$!
until [ "$port" ]; do
  sleep 0.1
  port=$(sed -n "s|.*Listening on: http://127.0.0.1:\([0-9]*\).*|\1|p" $log)
  tries=$((tries + 1))
  if [ $tries -gt 600 ] || ! kill -0 $java; then fail "the service did not start"; fi
done
# The admin token of token-service; other services ignore it.
bearer=$(cat /tmp/podlab/token-service/admin-token 2>/dev/null || echo none)
while [ "$rounds" -gt 0 ]; do
  # No service has all of these pages; the error responses are also part of the training.
  for path in / /healthz /readyz /startupz /probes /probes/liveness/history /ca/hash /ca.crt /cluster-info /tokens /config \
    /moments /recording.json /picture.svg /lifecycle /whoami /whoami/pod "/echo?a=1" /headers \
    /q/health /q/health/live /q/health/ready /q/health/started /metrics /q/openapi /no-such-page; do
    for accept in text/plain application/json "*/*"; do
      wget -q -O /dev/null --header "Accept: $accept" --header "Authorization: Bearer $bearer" "http://127.0.0.1:$port$path" 2>/dev/null
    done
  done
  rounds=$((rounds - 1))
done
kill -TERM $java
wait $java
test -s /opt/podlab/app.aot || fail "the AOT cache is missing"
