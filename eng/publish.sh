#!/usr/bin/env bash
# Publishes the function for this machine: OUT/bootstrap, OUT/idfkit-engine, and the native libraries that they load.
# usage: eng/publish.sh OUT [--jit]    --jit: seconds instead of minutes and no C linker, but it needs .NET where it runs
# AmazonLambda=published|standins says where Amazon's Lambda packages come from; unset, eng/probe-amazon.sh finds out.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
say() { printf '%s\n' "$*" >&2; }

out= kind=aot
for argument in "$@"; do
  case $argument in
    --jit) kind=jit ;;
    --help | -h) sed -n '2,4s/^# //p' "$0"; exit 0 ;;
    -*) say "publish.sh does not know $argument."; sed -n '2,4s/^# //p' "$0" >&2; exit 2 ;;
    *) [[ -z $out ]] || { say "publish.sh takes one folder, and was given '$out' and '$argument'."; exit 2; }; out=$argument ;;
  esac
done
[[ -n $out ]] || { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }

command -v dotnet >/dev/null || { say "publish.sh needs the .NET 10 SDK: install it from https://dotnet.microsoft.com/download and try again."; exit 1; }
if [[ $kind == aot ]] && ! { command -v clang || command -v gcc; } >/dev/null; then
  say "Compiling ahead of time needs a C linker: install clang (or gcc) and zlib1g-dev, or publish with --jit."; exit 1
fi
mkdir -p "$out" || { say "publish.sh cannot make the folder $out."; exit 1; }
out=$(cd "$out" && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
amazon=${AmazonLambda:-$("$root/eng/probe-amazon.sh")}
rid=$(dotnet --info | awk '$1 == "RID:" && !seen++ { print $2 }') # to the end: a closed pipe would stop this script without a word

mkdir -p "$root/artifacts"
# Two at once would write each other's obj; the second waits.
if command -v flock >/dev/null; then exec 9>"$root/artifacts/publish.lock"; flock 9; fi
work=$(mktemp -d "$root/artifacts/publish.XXXXXX")
trap 'rm -rf "$work"' EXIT

# The analyzers speak in every ordinary build; here they would only cost time.
options=(-c Release -p:RunAnalyzers=false -r "$rid" --nologo -v quiet "-p:AmazonLambda=$amazon" "-p:Publishing=$kind")
if [[ $kind == jit ]]; then
  # Found even where only this shell's environment knows it: a child of the function has none.
  home=$(dirname "$(readlink -f "$(command -v dotnet)")")
  options+=("-p:AppHostRelativeDotNet=$(realpath --relative-to="$out" "$home")")
fi
# One after the other, each with its own folder: a publish that references another executable drops that one.
for project in IdfKit.Engine.Host IdfKit.Lambda; do
  dotnet publish "$root/src/$project/$project.csproj" "${options[@]}" -o "$work/$project" >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    say "Publishing $project ($kind, $amazon packages, $rid) failed; the compiler's words stand above."
    grep -q "cannot find -lz" "$work/log" && say "The linker lacks zlib: install zlib1g-dev."
    exit 1
  }
done
# A program that runs is replaced, not written into.
for file in "$work/IdfKit.Engine.Host/idfkit-engine" "$work/IdfKit.Lambda/bootstrap" "$work"/IdfKit.Lambda/*.so; do
  [[ -e $file ]] || continue
  cp "$file" "$out/.$(basename "$file").new" && mv "$out/.$(basename "$file").new" "$out/$(basename "$file")"
done
say "Published the function ($kind, $amazon, $rid) to $out:"
(cd "$out" && du -h --apparent-size bootstrap idfkit-engine ./*.so 2>/dev/null | sort -k 2 >&2) || true
