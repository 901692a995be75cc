# Sourced by the scripts of this repository: how they speak, how they call .NET, and how they do what takes long.
unset CDPATH # it would print where cd went
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

# Prints the comment at a script's head, from its second line on, as its help.
help_of() { sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$1"; }

# For our own calls of .NET only: no banner, no question of ICU, no server that outlives the call or is shared with other builds.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
# What runs here talks to servers of its own on this machine, which no proxy reaches.
case ${no_proxy:-} in
  *127.0.0.1,localhost) ;; # a script that called this one has said so
  *) export no_proxy="${no_proxy:-${NO_PROXY:-}},127.0.0.1,localhost" NO_PROXY="${NO_PROXY:-${no_proxy:-}},127.0.0.1,localhost" ;;
esac
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 SharedCompilationId=idfkit-$$

# Stops with a sentence where there is no SDK that serves, or where it lacks OpenSSL, without which it fetches no package. ICU it does without.
need_dotnet() { # SCRIPT
  local why
  [[ -z ${DOTNET_SERVES_IDFKIT:-} ]] || return 0
  case $root in
    *[\'\",\;\?\*\\]* | *%[0-9A-Fa-f][0-9A-Fa-f]* | *$'\n'*)
      stop "The build does not work in '${root//$'\n'/ }', because the path holds one of , ; ' \" ? * \\ or a line's end, or % before two digits: clone into another folder and try again." ;;
  esac
  command -v dotnet >/dev/null || stop "$1 needs the .NET 10 SDK: install it from https://dotnet.microsoft.com/download and try again."
  if ! why=$(cd "$root" && dotnet --version 2>&1) || [[ $why != 10.* ]]; then
    local here
    here=$(cd / && dotnet --list-sdks 2>/dev/null | cut -d ' ' -f 1 | tr '\n' ' ') || here=
    [[ -z $here || " $here" == *" 10."* ]] || stop "$1 needs the .NET 10 SDK, and here is only ${here% }: install it from https://dotnet.microsoft.com/download and try again."
    stop "$1 needs the .NET 10 SDK, and 'dotnet --version' says: $(sentence_of <<<"${why%.}"). Mend that, or install it from https://dotnet.microsoft.com/download and try again."
  fi
  if [[ $(uname -s) == Linux ]] && lacks_openssl; then
    if may_install; then patiently "Installing libssl3 and ca-certificates, which .NET needs" /dev/null install_packages libssl3 ca-certificates || true; fi
    if lacks_openssl; then
      stop "$1 needs OpenSSL, without which .NET fetches no package; type: sudo apt-get install libssl3 ca-certificates (on Fedora: sudo dnf install openssl-libs ca-certificates)."
    fi
  fi
  export DOTNET_SERVES_IDFKIT=1
}
lacks_openssl() {
  ! ls /usr/lib*/libssl.so.* /usr/lib/*/libssl.so.* /lib/*/libssl.so.* >/dev/null 2>&1 && [[ $(dotnet nuget list source 2>&1) == *libssl* ]]
}

# Debian's packages, as root.
may_install() { [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; }
install_packages() { # PACKAGE…
  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}
# Why it failed, from its output.
apt_reason() { { grep -m 1 '^E: ' "$1" || tail -n 1 "$1"; } | cut -c 1-200; }

# What a program said, as one line: the first that says something.
sentence_of() { { LC_ALL=C grep -a -m 1 '[[:alnum:]]' || echo "it printed nothing"; } | tr -d '\r\000' | cut -c 1-300 | sed 's/^[[:space:]]*//'; }

# Builds eng/fetch where that is not done yet; fault= says why it could not be.
build_fetch() {
  local log=$root/artifacts/fetch.log
  if ! mkdir -p "$root/artifacts" 2>/dev/null || [[ ! -w $root/artifacts ]]; then fault="$root/artifacts cannot be written"; return 1; fi
  [[ ! -f $root/artifacts/fetch/fetch.dll || $root/eng/fetch/Program.cs -nt $root/artifacts/fetch/fetch.dll ]] || return 0
  patiently "Building what fetches EnergyPlus" "$log" dotnet build "$root/eng/fetch" -c Release -o "$root/artifacts/fetch" -p:RunAnalyzers=false --nologo && return
  fault="eng/fetch was not built: $({ grep -m 1 -o 'error .*' "$log" || echo "see $log"; } | cut -c 1-300)"
  return 1
}

child= # the process group that is waited for
# Starts a command in a process group of its own, so that whatever it starts in turn (compiler servers) can be ended with it.
start_child() { # COMMAND…
  set -m
  "$@" </dev/null 9>&- &
  child=$!
  set +m
}
end_child() {
  local tries
  [[ -n $child ]] || return 0
  kill -TERM -- "-$child" 2>/dev/null || true
  for ((tries = 0; tries < 50; tries++)); do
    kill -0 -- "-$child" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL -- "-$child" 2>/dev/null || true
  child=
}
# Whether it is, a moment later; without the shell's own word on how it ended.
is_alive() { { sleep 0.1; kill -0 "$child"; } 2>/dev/null; }
# Waits for it, and says so every few seconds, with what came last in its log.
wait_for_child() { # [SECONDS [LOG]]
  local status=0 every=${1:-0} log=${2:-} began=$SECONDS next=${1:-0}
  while (( every )) && is_alive; do
    (( SECONDS - began >= next )) || continue
    say "  $((SECONDS - began)) s$([[ -z $log ]] || last_of "$log")"
    next=$((next + every))
  done
  { wait "$child" || status=$?; } 2>/dev/null # without the shell's own word on a signal
  end_child
  return $status
}

# Runs a command with its output in LOG, and says every few seconds that it still does, and what came last.
patiently() { # WHAT LOG COMMAND…
  local what=$1 log=$2
  shift 2
  say "$what …"
  start_child "$@" >"$log" 2>&1
  wait_for_child 5 "$log"
}

# What a build did last, from its log: ": IdfKit.Storage".
last_of() { sed -n 's/^ *\([A-Za-z][A-Za-z.]*\) ->.*/: \1/p' "$1" 2>/dev/null | tail -n 1; }

# Waits until no other of our scripts holds FILE, then holds it until unlock, or until this one ends.
lock() { # FILE WHAT
  local waits=false holder
  [[ ! -e $1 && ! -L $1 ]] || [[ -f $1 && ! -L $1 && -w $1 ]] || stop "$1 is in the way: it must be a file that can be written; remove it and try again."
  if command -v flock >/dev/null; then
    { exec 9>>"$1"; } 2>/dev/null || stop "$1 cannot be written."
    until flock -n 9; do
      $waits || say "$2 is under way already; waiting for it …"
      waits=true; sleep 0.5
    done
    return
  fi
  until ln -s "$$" "$1.holder" 2>/dev/null; do
    [[ -w $(dirname "$1") ]] || stop "$(dirname "$1") cannot be written."
    holder=$(readlink "$1.holder") && ! kill -0 "$holder" 2>/dev/null && { rm -f "$1.holder"; continue; }
    $waits || say "$2 is under way already; waiting for it …"
    waits=true; sleep 0.5
  done
  held=$1.holder
}
held=
unlock() { if [[ -n $held ]]; then rm -f "$held"; else exec 9>&-; fi; held=; }

# Runs one of our scripts, or the tool, so that this script can be told to end meanwhile; then it is told too.
{ exec 3<&0; } 2>/dev/null || exec 3</dev/null # the terminal: what runs in the background would read nothing
step=
run() { # COMMAND…
  local status=0
  "$@" <&3 &
  step=$!
  wait "$step" || status=$?
  step=
  return $status
}
end_step() {
  [[ -n $step ]] || return 0
  kill -TERM "$step" 2>/dev/null || true
  wait "$step" 2>/dev/null || true
}

# However this script ends: ends what it started, calls FUNCTION, and gives up what it holds. A second signal does not cut that short.
at_end() { # [FUNCTION [WORDS_WHEN_INTERRUPTED]]
  at_end_function=${1:-true} at_end_words=${2:-}
  trap 'at_end_status=$?; trap "" INT TERM HUP; end_step; end_child; $at_end_function; unlock; (( at_end_status < 129 )) || [[ -z $at_end_words ]] || say "$at_end_words"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  trap 'exit 129' HUP
}
