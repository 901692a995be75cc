#!/usr/bin/env bash
# Publishes the function for this machine: OUT/bootstrap, OUT/idfkit-engine, and the native libraries that they load.
# usage: eng/publish.sh OUT [--jit] [--tool] [--if-changed]
#        eng/publish.sh --restore [--jit]    only fetches the packages of such a publish, for a layer of an image that sources do not change
#   --jit   seconds instead of minutes and no C linker, but it needs .NET where it runs
#   --tool  OUT/idfkit in the place of OUT/bootstrap: the command-line tool, which idfkit dev starts as the function, too
#   --if-changed  does nothing when no source has changed since OUT was published
# AmazonLambda=published|standins says where Amazon's Lambda packages come from; unset, eng/probe-amazon.sh finds out.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

out= kind=aot tool=false restore=false if_changed=false
for argument in "$@"; do
  case $argument in
    --jit) kind=jit ;;
    --tool) tool=true ;;
    --if-changed) if_changed=true ;;
    --restore) restore=true ;;
    --help | -h) help_of "$0"; exit 0 ;;
    -*) say "publish.sh does not know $argument."; help_of "$0" >&2; exit 2 ;;
    *) [[ -z $out ]] || { say "publish.sh takes one folder, and was given '$out' and '$argument'."; exit 2; }; out=$argument ;;
  esac
done
! $restore || [[ -z $out ]] || stop "publish.sh --restore makes nothing, and was given '$out' to make it in."
! $restore || out=$root/artifacts
projects=(IdfKit.Engine.Host IdfKit.Lambda) program=bootstrap
if $tool; then projects=(IdfKit.Engine.Host IdfKit.Cli) program=idfkit; fi
usually="one to two minutes"; [[ $kind == jit ]] || usually="three to six minutes"
[[ -n $out ]] || { help_of "$0" >&2; exit 2; }

work= # set once no other one publishes, whose files would go too
remove_work() { [[ -z $work ]] || rm -rf "$work" "$out"/.*.new; }
at_end remove_work
need_dotnet publish.sh
if [[ $kind == aot ]] && ! $restore && ! { command -v clang || command -v gcc; } >/dev/null; then
  stop "Compiling ahead of time needs a C linker: install clang (or gcc) and zlib1g-dev, or publish with --jit."
fi
mkdir -p "$out" "$root/artifacts" 2>/dev/null && [[ -w $out && -w $root/artifacts ]] || stop "publish.sh cannot write to $out or $root/artifacts."
out=$(cd "$out" && pwd)
# Two at once would write each other's obj; the second waits.
lock "$root/artifacts/publish.lock" "Another build"
amazon=${AmazonLambda:-$("$root/eng/probe-amazon.sh")}
rid=$(dotnet --info | awk '$1 == "RID:" && !seen++ { print $2 }') # to the end: a closed pipe would stop this script without a word

# Which sources a publish was made of, and for what: it is kept beside it, and is as old as they are.
sources() {
  echo "$kind $amazon $rid"
  (cd "$root" && find src eng Directory.* global.json \( -name bin -o -name obj \) -prune -o -type f "$@" -print | LC_ALL=C sort)
}
is_current() {
  [[ -f $out/.sources && -x $out/$program && -x $out/idfkit-engine ]] && cmp -s <(sources) "$out/.sources" \
    && [[ -z $(sources -newer "$out/.sources" | sed 1d) ]]
}
if $if_changed && is_current; then
  say "Nothing has changed since $program was published ($kind) to $out."
  exit
fi
work=$(mktemp -d "$root/artifacts/publish.XXXXXX")
if $if_changed; then
  sources >"$work/sources"
  say "Building $program ($kind): $usually the first time, less when little has changed, nothing when nothing has."
fi

# ../../usr/share/dotnet
path_from() { # FOLDER TARGET, both absolute
  local from=$1 target=$2/ up=
  while [[ $target != "${from%/}"/* ]]; do from=$(dirname "$from"); up=../$up; done
  printf '%s\n' "$up${target#"${from%/}"/}"
}

# The analyzers speak in every ordinary build; here they would only cost time, as would native symbols, which are stripped and not kept.
common=(-c Release -p:RunAnalyzers=false -p:NativeDebugSymbols=false --nologo -v minimal "-p:AmazonLambda=$amazon")
options=("${common[@]}" -r "$rid" "-p:Publishing=$kind")
if [[ $kind == jit ]]; then
  # Found even where only this shell's environment knows it: a child of the function has none.
  home=$(dirname "$(readlink -f "$(command -v dotnet)")")
  options+=("-p:AppHostRelativeDotNet=$(path_from "$out" "$home")")
fi
build() { # WHAT COMMAND…
  local what=$1 log=$work/log
  shift
  patiently "$what" "$log" "$@" && return
  grep -E ': (error|warning) |error [A-Z]+[0-9]+:' "$log" | sort -u >&2 || cat "$log" >&2
  say "$what failed ($kind, $amazon packages, $rid); the compiler's words stand above."
  if grep -q "cannot find -lz" "$log"; then say "The linker lacks zlib: install zlib1g-dev."; fi
  if grep -q "UntrustedRoot" "$log"; then
    say "The package feed's certificate is not trusted here: install ca-certificates, and the root certificate of your network where it has one of its own."
  elif grep -q "NU1301" "$log"; then say "The package feed cannot be reached: see that this machine has a network, or name a feed that it reaches with dotnet nuget add source."; fi
  exit 1
}
if $restore; then
  for project in "${projects[@]}"; do
    build "Restoring $project" dotnet restore "$root/src/$project/$project.csproj" -r "$rid" "-p:Publishing=$kind" -p:Configuration=Release \
      "-p:AmazonLambda=$amazon" --nologo -v minimal
  done
  exit
fi
# One after the other, each with its own folder: a publish that references another executable drops that one.
for project in "${projects[@]}"; do
  build "Publishing $project" dotnet publish "$root/src/$project/$project.csproj" "${options[@]}" -o "$work/$project"
done
# A program that runs is replaced, not written into; and all are, or none.
made=()
for file in "$work/IdfKit.Engine.Host/idfkit-engine" "$work/${projects[1]}/$program" "$work/${projects[1]}"/*.so; do
  [[ -e $file ]] || continue
  cp "$file" "$out/.$(basename "$file").new" || stop "The function could not be written to $out; what stands there is the earlier one."
  made+=("$(basename "$file")")
done
for name in "${made[@]}"; do mv "$out/.$name.new" "$out/$name" || stop "The function could not be written to $out."; done
if $if_changed; then mv "$work/sources" "$out/.sources"; fi
say "Published $program ($kind, $amazon, $rid) to $out:"
(cd "$out" && du -h --apparent-size "$program" idfkit-engine ./*.so 2>/dev/null | sort -k 2 >&2) || true
