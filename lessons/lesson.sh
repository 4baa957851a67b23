# What the scripts of the lessons share. To be sourced:
#
#   . "$(dirname "$0")/../lesson.sh"
#
# verify.sh states its promises in TAP (https://testanything.org), and needs bash and kubectl only.
# It ends with 0 exactly when all promises hold. sabotage.sh uses `edit`.

promises=0 kept=0 broken=0

plan() { # plan COUNT: how many promises follow
  promises=$1
  trap finish EXIT
  echo "1..$promises"
}

need() { # need pod/web…: ends at once if the lesson was not played
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

promise() { # promise TEXT SEEN COMMAND…: one line, ok if COMMAND succeeds
  local text=$1 seen=$2 verdict="not ok"
  shift 2
  if "$@" >/dev/null 2>&1; then
    verdict=ok
    kept=$((kept + 1))
  else
    broken=$((broken + 1))
  fi
  # A line is a promise: what was seen must not begin another.
  printf '%s %d - %s (%s)\n' "$verdict" $((kept + broken)) "$text" "$(tr '\n' ' ' <<<"${seen:-nothing}" | sed 's/ *$//')"
}

skip() { # skip TEXT REASON: a promise that cannot be looked at here
  kept=$((kept + 1))
  printf 'ok %d - %s # SKIP %s\n' $((kept + broken)) "$1" "$2"
}

wait_until() { # wait_until SECONDS COMMAND…: fails if COMMAND does not succeed in that time
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

# What several lessons ask of the cluster.

container='.status.containerStatuses[0]'

of() { # of POD FIELD: a field of the status of its first container, such as restartCount
  get "pod/$1" "$container.$2"
}

phase() { # phase POD
  get "pod/$1" .status.phase
}

outcome() { # outcome POD: its phase, its restarts, and how its first container ended
  echo "phase $(phase "$1"), $(of "$1" restartCount) restarts," \
    "$(of "$1" state.terminated.reason) with exit code $(of "$1" state.terminated.exitCode)"
}

restarted() { # restarted POD [TIMES]: its first container, that often or more often
  [ "$(of "$1" restartCount)" -ge "${2:-1}" ]
}

events() { # events OBJECT [REASON [REGEX]]: how often such an Event of the object was reported
  kubectl get events --field-selector "involvedObject.name=$1${2:+,reason=$2}" \
    -o jsonpath='{range .items[*]}{.count} {.message}{"\n"}{end}' 2>/dev/null |
    awk -v regex="${3:-.}" '/^[0-9]/ && $0 ~ regex { sum += $1 } END { print sum + 0 }'
}

ask() { # ask POD PATH [OPTION…]: what the program in it answers; the options are those of wget
  local pod=$1 path=$2
  shift 2
  kubectl exec "$pod" -- wget -qO- "$@" "localhost:8080/$path"
}

# A template, since jsonpath cannot filter the endpoints of a slice that has none.
endpoints() { # endpoints SERVICE: the addresses of its ready endpoints, one a line, sorted
  kubectl get endpointslices -l "kubernetes.io/service-name=$1" -o go-template='{{range .items}}{{range .endpoints}}
    {{- if .conditions.ready}}{{range .addresses}}{{println .}}{{end}}{{end}}{{end}}{{end}}' | sort
}

longest_silence() { # of pod/client: how many requests in a row got no answer, between two that did
  kubectl logs client | awk '
    /^answered/ { if (silent > longest) longest = silent; silent = 0; known = 1 }
    /^no answer/ && known { silent++ }
    END { print longest + 0 }'
}

seconds() { # seconds FROM TO: between two times of about a day, 09:10:48.088 or 2026-11-27T09:10:48.088Z
  [ -n "$1" ] && [ -n "$2" ] || return
  awk -v from="${1#*T}" -v to="${2#*T}" 'BEGIN {
    split(from, f, ":"); split(to, t, ":")
    s = (t[1] - f[1]) * 3600 + (t[2] - f[2]) * 60 + t[3] - f[3]
    if (s < -43200) s += 86400
    printf "%.3f", s
  }'
}

at_least() { # at_least LEAST NUMBER: also with a fraction; no number is 0
  awk -v least="$1" -v is="${2:-0}" 'BEGIN { exit !(is + 0 >= least + 0) }'
}

edit() { # edit FILE SED-EXPRESSION: changes a manifest, and fails if nothing changed
  sed -e "$2" "$1" >"$1.new"
  if cmp -s "$1" "$1.new"; then
    rm "$1.new"
    echo "nothing to change in $1: $2" >&2
    return 1
  fi
  mv "$1.new" "$1"
}

finish() { # whatever ended the script: 0 only if all promises were stated and hold
  [ "$kept" = "$promises" ] && [ "$broken" = 0 ] || exit 1
}
