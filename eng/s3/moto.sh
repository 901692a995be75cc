#!/usr/bin/env bash
# moto_server, an emulator of S3 and of Step Functions, on 127.0.0.1. It takes any credentials.
#
# usage: eng/s3/moto.sh start      returns when it answers
#        eng/s3/moto.sh reset      forgets every bucket
#        eng/s3/moto.sh stop       ends it; the folder with its log stays
#        eng/s3/moto.sh status     one line; exit code 1 when it is down
#        eng/s3/moto.sh install    puts moto into artifacts/moto with Python's own venv and pip, unless there is one
# environment:
#        MOTO_DIR     the folder for its log (artifacts/moto-server)
#        MOTO_PORT    where it listens (8350)
#        MOTO_CALLS   the port of this machine that its state machines call for Lambda and S3 (its own)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/processes.sh"

own=$(realpath -m "$here/../../artifacts/moto")
folder=$(realpath -m "${MOTO_DIR:-$here/../../artifacts/moto-server}")
url=http://127.0.0.1:${MOTO_PORT:-8350}

usage() { sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; }

# Its own installation comes first; one on PATH counts when it starts.
program() {
  if [[ -x $own/bin/moto_server ]]; then echo "$own/bin/moto_server"
  elif command -v moto_server >/dev/null && moto_server --help >/dev/null 2>&1; then command -v moto_server
  else return 1; fi
}

start() {
  local server
  if runs moto; then echo "S3 is at $url already"; return; fi
  server=$(program) || fail "moto_server is not installed; $here/moto.sh install installs it"
  need_free "${url##*:}"
  mkdir -p "$folder"
  trap 'end moto KILL' EXIT
  export MOTO_S3_CUSTOM_ENDPOINTS=$url # so that the first part of a path is the bucket
  # Its interpreter calls the port that it is told of here, which need not be where it listens.
  MOTO_PORT=${MOTO_CALLS:-${url##*:}} launch moto "$server" -H 127.0.0.1 -p "${url##*:}"
  wait_for 60 moto curl -s -o /dev/null "$url/moto-api/"
  trap - EXIT
  echo "S3 is at $url"
}

install() {
  program >/dev/null && return
  local log
  command -v python3 >/dev/null || fail "moto_server needs Python 3, which is not installed"
  log=$(mktemp)
  if ! { python3 -m venv "$own" && "$own/bin/pip" install -q --retries 1 'moto[server]>=5.2,<6' && program; } >"$log" 2>&1; then
    rm -rf "$own"
    fail "Python could not install moto[server]: $(tail -n 1 "$log") (see $log)"
  fi
  rm -f "$log"
}

case "${1:-}" in
  start) start ;;
  stop) end moto ;;
  reset) curl -s --fail -o /dev/null -X POST "$url/moto-api/reset" || fail "moto_server does not answer at $url" ;;
  status) report moto ;;
  install) install ;;
  --help | -h) usage ;;
  *) usage >&2; exit 2 ;;
esac
