# Sourced by rgw.sh and moto.sh: servers that run in one folder, $folder (its real path), which is also their working folder.
# A process is known by its id and by that folder, so that an id that the system has given to another process is left alone.

fail() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

# Fails where somebody listens at the port already: that one would be taken for ours.
need_free() { ! (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null || fail "port $1 is in use"; }

# launch NAME COMMAND...: starts it in a session of its own, its output in NAME.log and its id in NAME.pid.
launch() {
  local name=$1; shift
  (cd "$folder" && exec setsid "$@") </dev/null >>"$folder/$name.log" 2>&1 &
  echo $! >"$folder/$name.pid"
}

# runs NAME: whether it is alive. One that has ended and that nobody has waited for yet (state Z) is not.
runs() {
  local pid state
  pid=$(cat "$folder/$1.pid" 2>/dev/null) || return 1
  state=$(sed 's/.*) //; s/ .*//' "/proc/$pid/stat" 2>/dev/null) || return 1
  [[ $state != [ZX] && $(readlink "/proc/$pid/cwd") == "$folder" ]]
}

# wait_for SECONDS NAME COMMAND...: until the command succeeds; gives up when the time is over or the process NAME has ended.
wait_for() {
  local deadline=$((SECONDS + $1)) name=$2; shift 2
  until "$@" >/dev/null 2>&1; do
    runs "$name" || fail "$name ended while it was started; its log is $folder/$name.log"
    ((SECONDS < deadline)) || fail "$name did not answer in time; its log is $folder/$name.log"
    sleep 0.05
  done
}

# end NAME [SIGNAL]: returns when the process is gone; after 10 seconds it is killed.
end() {
  local pid deadline=$((SECONDS + 10))
  if runs "$1"; then
    pid=$(cat "$folder/$1.pid")
    kill "-${2:-TERM}" "$pid" 2>/dev/null || true
    while runs "$1"; do
      ((SECONDS < deadline)) || kill -KILL "$pid" 2>/dev/null || true
      sleep 0.02
    done
  fi
  rm -f "$folder/$1.pid"
}

# report NAME...: one line each; fails when one is down.
report() {
  local name down=0
  for name; do
    if runs "$name"; then echo "$name runs as $(cat "$folder/$name.pid")"; else echo "$name is down"; down=1; fi
  done
  return $down
}
