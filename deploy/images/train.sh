#!/bin/sh
# train.sh ROUNDS [JAVA-OPTION...]
# Starts the service with these options on a free loopback port, asks it for its pages ROUNDS times,
# and ends it: what an AOT cache learns from. Runs in the image, with busybox.
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
# token-service's own, made a moment ago; the others have no use for it.
bearer=$(cat /tmp/podlab/token-service/admin-token 2>/dev/null || echo none)
while [ "$rounds" -gt 0 ]; do
  # Not every service has every page; what it answers to the others is worth learning, too.
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
test -s /opt/podlab/app.aot || fail "there is no AOT cache"
