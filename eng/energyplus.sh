#!/usr/bin/env bash
# Prints the folder of the EnergyPlus that this repository works with, tried here. It is looked for where ENERGYPLUS_DIR says, and then nowhere
# else; on PATH and in the usual folders; in the cache (~/.cache/idfkit/energyplus); in a folder "shared" beside the checkout; then the official
# archive is fetched into the cache, once, and checked by its sum. A library that it lacks is installed as root with apt; else one line says what
# to type. Each way that failed is one line with its reason.
# usage: eng/energyplus.sh [--look] [--why FILE] [--archive]
#   --look      changes nothing: neither installs nor unpacks nor fetches
#   --why FILE  writes the reasons there, and does not say them
#   --archive   prints an archive of it and the archive's SHA-256 instead, for the image
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

look=false why_file= archive=false
while (( $# )); do
  case $1 in
    --look) look=true; shift ;;
    --archive) archive=true; shift ;;
    --why) [[ $# -ge 2 ]] || { say "--why takes a file."; exit 2; }; why_file=$2; shift 2 ;;
    --help | -h) help_of "$0"; exit 0 ;;
    *) say "energyplus.sh does not know '$1'; try --help."; exit 2 ;;
  esac
done

archives=${IDFKIT_ENERGYPLUS_ARCHIVES:-$root/eng/energyplus-archives.txt}
libraries=$root/src/IdfKit.Engine/Installations/libraries.txt
version=$(awk '!/^#/ && NF { print $1; exit }' "$archives")
folder_name=EnergyPlus-${version//./-}
caches=${XDG_CACHE_HOME:-}
[[ $caches == /* ]] || caches=${HOME:-/dev/null}/.cache # a relative one is to be ignored (XDG Base Directory Specification)
cache=$caches/idfkit/energyplus # without a home below /dev/null, where nothing can be made
shared=${IDFKIT_SHARED:-$root/../shared}

failed() { if [[ -n $why_file ]]; then printf '%s\n' "$*" >>"$why_file" || say "$*"; else say "$*"; fi; }
found() { printf '%s\n' "$1"; exit 0; }

# --- whether the one in a folder runs: fault= says why not, lacking= names the libraries that are missing
runs() { # FOLDER
  local program=$1/energyplus said
  fault='' lacking='' whole=false
  if [[ ! -e $1 ]]; then fault="there is no such folder"; return 1; fi
  if [[ ! -d $1 ]]; then fault="it is a file; give the folder that holds the program energyplus"; return 1; fi
  if [[ ! -f $program ]]; then fault="there is no program energyplus in it"; return 1; fi
  if [[ -f $1/idfkit-replay.json ]]; then return 0; fi # plays recorded runs back; somebody asked for it
  if [[ ! -f $1/Energy+.idd ]]; then fault="there is no Energy+.idd beside its program; install EnergyPlus again"; return 1; fi
  whole=true
  if [[ ! -x $program ]]; then fault="its program energyplus may not be executed; run chmod +x '$program'"; return 1; fi
  ask "$program"
  said=$answer
  if (( answered == 0 )); then
    [[ $said == *"Version ${version%.*}."* ]] && return 0
    fault="it is another version ($(sentence_of <<<"$said" | cut -d , -f 2 | sed 's/^ *//')), and ${version%.*} is needed"
    return 1
  fi
  lacking=$(missing_libraries "$program" "$said")
  case $said in
    *"GLIBC_"*"not found"*) fault="this system's glibc is too old for it (it needs 2.34): $(grep -m 1 GLIBC_ <<<"$said")" ;;
    *"Exec format error"* | *"cannot execute binary file"*) fault="its program is for another kind of machine than this one ($(uname -s)-$(uname -m))" ;;
    *"ermission denied"*) fault="its program may not be executed; is its file system mounted noexec?" ;;
    *) fault=$(sentence_of <<<"$said"); fault="${fault%.} ($(ending))" ;;
  esac
  [[ -z $lacking ]] || fault="it lacks $(tr '\n' ' ' <<<"$lacking" | sed 's/ *$//; s/ /, /g')"
  if has_musl && [[ $said == *"not found"* || $said == *"No such file"* || $said == *"cannot execute"* ]]; then
    lacking= fault="the official EnergyPlus is built for glibc, and this system has musl (as Alpine does): use one with glibc, such as Debian"
  fi
  return 1
}

# Asks a program for its version, for 30 s at most: answer= the start of what it said, answered= its exit code, 124 when it did not end.
ask() { # PROGRAM
  local file began=$SECONDS
  answered=0
  file=$(mktemp) || stop "There is no room for a temporary file."
  # By bash, which says so when a program is for another machine. In a group of its own: one that hangs ends with all that it started.
  LC_ALL=C start_child bash -c '"$0" --version' "$1" >"$file" 2>&1
  while is_alive; do
    (( SECONDS - began < 30 )) || { kill -KILL -- "-$child" 2>/dev/null || true; break; }
  done
  wait_for_child || answered=$?
  (( SECONDS - began < 30 )) || answered=124
  answer=$(head -c 65536 "$file" | tr -d '\000')
  rm -f "$file"
}
ending() {
  if (( answered == 124 )); then echo "it did not answer within 30 s"
  elif (( answered > 128 )); then echo "it crashed with signal $((answered - 128)); it may not be whole, so install it again"
  else echo "it ended with code $answered"; fi
}

has_musl() { [[ -n $(ls /lib/ld-musl-* 2>/dev/null) ]] && ! ls /lib*/ld-linux-* >/dev/null 2>&1; }

# What the loader does not find; with that variable glibc's lists what it would load, and does not start the program (ld.so(8)).
missing_libraries() { # PROGRAM WHAT_IT_SAID
  [[ $2 == *"error while loading shared libraries"*"No such file"* ]] || return 0
  { LD_TRACE_LOADED_OBJECTS=1 "$1" 2>/dev/null | sed -n 's/^[[:space:]]*\([^ ]*\) => not found$/\1/p'
    sed -n 's/.*error while loading shared libraries: \([^:]*\):.*/\1/p' <<<"$2"
  } | sort -u
}

# The packages that bring libraries, as this system calls them; nothing where one is not known.
packages_of() { # COLUMN LIBRARIES
  local library name
  for library in $2; do
    name=$(awk -v library="$library" -v column="$1" '$1 == library { print $column }' "$libraries")
    [[ -n $name ]] || return 0
    printf '%s ' "$name"
  done
}

# The same, but a library that is missing is installed where that may be done. What is left is in fault=.
runs_or_is_mended() { # FOLDER
  runs "$1" && return 0
  [[ -n $lacking ]] || return 1
  local names log
  names=$(packages_of 2 "$lacking")
  if [[ -z $names ]]; then fault="$fault; install EnergyPlus again"; return 1; fi # one of its own
  if command -v apt-get >/dev/null; then
    if may_install && ! $look; then
      log=$(mktemp)
      if patiently "Installing ${names% }, which EnergyPlus needs" "$log" install_packages $names; then
        rm -f "$log"
        runs "$1"; return
      fi
      fault="$fault, and apt-get could not install ${names% }: $(apt_reason "$log")"
      rm -f "$log"
      return 1
    fi
    fault="$fault; type: sudo apt-get install ${names% }"
  elif command -v dnf >/dev/null; then
    names=$(packages_of 3 "$lacking")
    fault="$fault; type: sudo dnf install ${names% }"
  fi
  return 1
}

# --- what was begun is undone, however this ends
staging=
remove_staging() { [[ -z $staging ]] || rm -rf "$staging"; }
at_end remove_staging

# Makes $staging, a folder in the cache that nobody else uses; waits for another one that fetches, and removes what killed ones left.
begin_staging() {
  mkdir -p "$cache" 2>/dev/null && [[ -w $cache ]] || { failed "EnergyPlus cannot be kept: $cache cannot be written."; return 1; }
  lock "$cache/.lock" "Fetching EnergyPlus"
  rm -rf "$cache"/.fetch.*
  staging=$(mktemp -d "$cache/.fetch.XXXXXX") || { failed "EnergyPlus cannot be kept: $cache cannot be written."; return 1; }
}

# Runs eng/fetch, which says how far it is; its last words are the reason of a failure.
fetch() { # ARGUMENTS…
  start_child dotnet "$root/artifacts/fetch/fetch.dll" "$@" >"$staging/why"
  wait_for_child
}

fetch_archive() { # FILE
  local line sum url
  line=$(awk -v v="$version" -v m="$(uname -m)" -v s="$(uname -s)" '!/^#/ && s == "Linux" && $1 == v && $2 == m { print $3, $4; exit }' "$archives")
  [[ -n $line ]] || {
    failed "No archive of EnergyPlus $version for $(uname -s)-$(uname -m) is listed; install it from https://energyplus.net/downloads and set ENERGYPLUS_DIR."
    return 1
  }
  read -r sum url <<<"$line"
  need_dotnet energyplus.sh
  build_fetch || { failed "EnergyPlus cannot be fetched: ${fault%.}."; return 1; }
  say "Fetching EnergyPlus $version (about 170 MB, once) …"
  fetch "$url" "$sum" "$1" || { failed "EnergyPlus could not be fetched from $url: $(sentence_of <"$staging/why")."; return 1; }
}

# --- an archive for the image
if $archive; then
  packed=$(ls "$shared/energyplus"/EnergyPlus-"$version"-Linux-"$(uname -m)".tar.xz 2>/dev/null | head -n 1)
  if [[ -z $packed ]]; then
    packed=$cache/EnergyPlus-$version-$(uname -m).tar.gz
    if [[ ! -f $packed ]]; then
      ! $look && begin_staging || exit 1
      [[ -f $packed ]] || { fetch_archive "$staging/archive" && mv "$staging/archive" "$packed"; } || exit 1
    fi
  fi
  sha256sum "$packed" | awk -v path="$packed" '{ print path; print $1 }'
  exit 0
fi

# --- given: then no other
if [[ -n ${ENERGYPLUS_DIR:-} ]]; then
  [[ $ENERGYPLUS_DIR == /* ]] || ENERGYPLUS_DIR=$PWD/$ENERGYPLUS_DIR
  if runs_or_is_mended "$ENERGYPLUS_DIR"; then found "$(cd "$ENERGYPLUS_DIR" && pwd)"; fi
  failed "ENERGYPLUS_DIR is '$ENERGYPLUS_DIR', and that cannot be used: ${fault%.}. Correct it, or unset it."
  exit 1
fi

# --- installed: on PATH, then in the usual folders
on_path=$(command -v energyplus || true)
if [[ -n $on_path ]]; then
  while [[ -L $on_path ]]; do # readlink -f is not everywhere
    target=$(readlink "$on_path")
    case $target in /*) on_path=$target ;; *) on_path=$(dirname "$on_path")/$target ;; esac
  done
  on_path=$(cd "$(dirname "$on_path")" && pwd)
fi
for folder in "$on_path" "/usr/local/$folder_name" "/opt/$folder_name" "/Applications/$folder_name"; do
  [[ -n $folder && -e $folder ]] || continue
  if runs_or_is_mended "$folder"; then found "$folder"; fi
  failed "The EnergyPlus in $folder cannot be used: ${fault%.}."
done

# --- in the cache; it is fetched again only where a part of it is missing
cached=$cache/$folder_name
try_cached() {
  [[ -e $cached ]] || return 0
  if runs_or_is_mended "$cached"; then found "$cached"; fi
  if $whole; then failed "The EnergyPlus in $cached cannot be used: ${fault%.}."; exit 1; fi
  if $look; then failed "The EnergyPlus in $cached is not whole (${fault%.})."; return 0; fi
  rm -rf "$cached" 2>/dev/null || { failed "The EnergyPlus in $cached is not whole (${fault%.}), and cannot be removed; type: sudo rm -rf '$cached'"; exit 1; }
  failed "The EnergyPlus in $cached is not whole (${fault%.}), so it is removed."
}
try_cached

# --- beside the checkout
if [[ -x $shared/energyplus/unpack.sh ]]; then
  if $look; then failed "An archive of EnergyPlus lies in $shared/energyplus, and is not unpacked yet."
  elif begin_staging; then
    try_cached # another one may have made it meanwhile
    if patiently "Unpacking EnergyPlus" "$staging/log" "$shared/energyplus/unpack.sh" "$cache"; then try_cached
    else failed "The EnergyPlus of $shared could not be unpacked: $(tail -n 1 "$staging/log" | sentence_of)."; fi
    rm -rf "$staging"; staging=; unlock
  fi
fi

# --- fetched
if has_musl; then
  failed "EnergyPlus is not fetched: the official one is built for glibc, and this system has musl (as Alpine does); use one with glibc, such as Debian."
elif $look; then
  failed "EnergyPlus $version is not on this machine; eng/energyplus.sh fetches it."
elif begin_staging; then
  try_cached
  if fetch_archive "$staging/archive"; then
    say "Unpacking EnergyPlus …"
    if fetch --unpack "$staging/archive" "$staging/energyplus"; then
      mv "$staging/energyplus" "$cached"
      try_cached
    else failed "EnergyPlus was fetched and could not be unpacked: $(sentence_of <"$staging/why")."; fi
  fi
fi
exit 1
