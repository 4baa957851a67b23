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
  kubectl get "$@" >/dev/null 2>&1 && return
  echo "Bail out! There is no $*: play the lesson first"
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
