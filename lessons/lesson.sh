# Shared functions of the lessons' scripts. Source it:
#
#   . "$(dirname "$0")/../lesson.sh"
#
# verify.sh prints its promises in TAP (https://testanything.org). It needs only bash and kubectl.
# Its exit code is 0 if all promises hold, otherwise 1. sabotage.sh uses `edit`.

promises=0 kept=0 broken=0

plan() { # plan COUNT: the number of promises that follow
  promises=$1
  trap finish EXIT
  echo "1..$promises"
}

need() { # need pod/web…: exits if the lesson was not played
  local errors
  errors=$(kubectl get "$@" 2>&1 >/dev/null) && return
  if grep -qv '(NotFound)' <<<"$errors"; then
    echo "Bail out! $(tail -n 1 <<<"$errors")"
  else # Error from server (NotFound): pods "web" not found
    errors=$(paste -s -d ',' - <<<"$errors" | sed -e 's/Error from server (NotFound): //g' -e 's/,/, /g')
    echo "Bail out! $errors: play the lesson first"
  fi
  exit 1
}

promise() { # promise TEXT SEEN COMMAND…: prints one line, ok if COMMAND succeeds
  local text=$1 seen=$2 verdict="not ok"
  shift 2
  if "$@" >/dev/null 2>&1; then
    verdict=ok
    kept=$((kept + 1))
  else
    broken=$((broken + 1))
  fi
  # Each line is a promise, so SEEN must stay on the same line.
  seen=$(tr '\n' ' ' <<<"${seen:-nothing}" | sed 's/ *$//')
  printf '%s %d - %s (%s)\n' "$verdict" $((kept + broken)) "$text" "$seen"
}

skip() { # skip TEXT REASON: a promise that cannot be checked here
  kept=$((kept + 1))
  printf 'ok %d - %s # SKIP %s\n' $((kept + broken)) "$1" "$2"
}

may() { # may VERB RESOURCE [-n NAMESPACE]: for needs.sh; prints a missing permission, and exits
  kubectl auth can-i "$@" >/dev/null 2>&1 && return
  echo "missing permission: $*"
  exit 1
}

no_limits() { # for needs.sh; exits if the cluster adds quotas or LimitRanges to a new namespace
  local objects
  objects=$(kubectl get resourcequotas,limitranges -o name | paste -s -d ' ' -)
  [ -n "$objects" ] || return 0
  echo "this cluster adds $objects to each new namespace; this lesson needs a namespace without them"
  exit 1
}

delete_tokens() { # for cleanup.sh; deletes the bootstrap tokens with the description of this play
  # Without permission to delete tokens, this lesson cannot have been played.
  kubectl auth can-i delete secrets -n kube-system >/dev/null 2>&1 || exit 0
  local template='{{range .items}}{{.metadata.name}} {{with .data.description}}{{base64decode .}}{{end}}{{"\n"}}{{end}}'
  kubectl -n kube-system get secrets --field-selector type=bootstrap.kubernetes.io/token -o go-template="$template" |
    while read -r secret description; do
      [ "$description" != "podlab lesson $NAMESPACE" ] ||
        kubectl -n kube-system delete secret "$secret" --ignore-not-found </dev/null >/dev/null
    done
}

wait_until() { # wait_until SECONDS COMMAND…: repeats COMMAND; fails if it does not succeed within SECONDS
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < end)) || return 1
    sleep 1
  done
}

get() { # get OBJECT JSONPATH: a field of an object, as kubectl prints it
  kubectl get "$1" -o jsonpath="{$2}" 2>/dev/null
}

# Queries that several lessons use.

container='.status.containerStatuses[0]'

of() { # of POD FIELD: a field of the status of its first container, such as restartCount
  get "pod/$1" "$container.$2"
}

phase() { # phase POD
  get "pod/$1" .status.phase
}

outcome() { # outcome POD: its phase and restarts, reason and exit code of its first container
  echo "phase $(phase "$1"), $(of "$1" restartCount) restarts," \
    "$(of "$1" state.terminated.reason) with exit code $(of "$1" state.terminated.exitCode)"
}

restarted() { # restarted POD [TIMES]: whether its first container restarted at least TIMES times (1)
  [ "$(of "$1" restartCount)" -ge "${2:-1}" ]
}

events() { # events OBJECT [REASON [REGEX]]: the number of Events of this object that match
  kubectl get events --field-selector "involvedObject.name=$1${2:+,reason=$2}" \
    -o jsonpath='{range .items[*]}{.count} {.message}{"\n"}{end}' 2>/dev/null |
    awk -v regex="${3:-.}" '/^[0-9]/ && $0 ~ regex { sum += $1 } END { print sum + 0 }'
}

ask() { # ask POD PATH [OPTION…]: the answer of the Pod's program; OPTIONs are for wget
  local pod=$1 path=$2
  shift 2
  kubectl exec "$pod" -- wget -qO- "$@" "localhost:8080/$path"
}

# A Go template, because jsonpath cannot filter the endpoints of an EndpointSlice without endpoints.
endpoints() { # endpoints SERVICE: the addresses of its ready endpoints, one per line, sorted
  kubectl get endpointslices -l "kubernetes.io/service-name=$1" -o go-template='{{range .items}}{{range .endpoints}}
    {{- if .conditions.ready}}{{range .addresses}}{{println .}}{{end}}{{end}}{{end}}{{end}}' | sort
}

longest_silence() { # the largest number of failed requests of pod/client between two answers
  kubectl logs client | awk '
    /^answered/ { if (silent > longest) longest = silent; silent = 0; known = 1 }
    /^no answer/ && known { silent++ }
    END { print longest + 0 }'
}

seconds() { # seconds FROM TO: from one time to another within a day, 09:10:48.088 or 2026-11-27T09:10:48.088Z
  [ -n "$1" ] && [ -n "$2" ] || return
  awk -v from="${1#*T}" -v to="${2#*T}" 'BEGIN {
    split(from, f, ":"); split(to, t, ":")
    s = (t[1] - f[1]) * 3600 + (t[2] - f[2]) * 60 + t[3] - f[3]
    if (s < -43200) s += 86400
    printf "%.3f", s
  }'
}

at_least() { # at_least LEAST NUMBER: compares numbers with fractions; fails if one of them is empty
  [ -n "$1" ] && [ -n "${2:-}" ] || return 1
  awk -v least="$1" -v is="$2" 'BEGIN { exit !(is + 0 >= least + 0) }'
}

edit() { # edit FILE SED-EXPRESSION: changes a manifest; fails if the expression changes nothing
  sed -e "$2" "$1" >"$1.new"
  if cmp -s "$1" "$1.new"; then
    rm "$1.new"
    echo "the sed expression '$2' does not change $1" >&2
    return 1
  fi
  mv "$1.new" "$1"
}

finish() { # runs at every exit: exit code 0 only if all planned promises were printed and hold
  [ "$kept" = "$promises" ] && [ "$broken" = 0 ] || exit 1
}
