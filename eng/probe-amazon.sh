#!/usr/bin/env bash
# Prints where Amazon's Lambda packages can come from here: "published" when they restore, else "standins".
# usage: eng/probe-amazon.sh [--again]    The answer is kept under artifacts/ until versions or feeds change; --again asks anew.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
case "${1:-}" in
  "" | --again) ;;
  *) sed -n '2,3s/^# //p' "$0"; [[ $1 == --help ]] && exit 0 || exit 2 ;;
esac
command -v dotnet >/dev/null || { echo "probe-amazon.sh needs the .NET 10 SDK: install it from https://dotnet.microsoft.com/download and try again." >&2; exit 1; }

asked=$({ cat "$root/Directory.Packages.props" "$root/eng/AmazonLambda.targets"; cd "$root" && dotnet nuget list source; } | cksum | cut -d ' ' -f 1)
kept=$root/artifacts/amazon-lambda.$asked
if [[ ${1:-} != --again && -s $kept ]]; then cat "$kept"; exit; fi

answer=standins
patiently=(); command -v timeout >/dev/null && patiently=(timeout 120)
if "${patiently[@]}" dotnet restore "$root/eng/probe/AmazonLambdaPackages.csproj" -p:AmazonLambda=published -v quiet >/dev/null 2>&1; then answer=published; fi
mkdir -p "$root/artifacts"
printf '%s\n' "$answer" >"$kept.$$" && mv "$kept.$$" "$kept"
printf '%s\n' "$answer"
