#!/usr/bin/env bash
# Prints where Amazon's Lambda packages can come from here: "published" when they restore, else "standins".
# usage: eng/probe-amazon.sh [--again]    The answer is kept under artifacts/ until versions or feeds change; --again asks anew.
# environment: AmazonLambdaFeed    a folder of packages that is asked as well
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
case "${1:-}" in
  "" | --again) ;;
  --help | -h) help_of "$0"; exit 0 ;;
  *) help_of "$0" >&2; exit 2 ;;
esac
at_end
need_dotnet probe-amazon.sh
mkdir -p "$root/artifacts" 2>/dev/null && [[ -w $root/artifacts ]] || stop "probe-amazon.sh cannot write to $root/artifacts."

asked=$({ cat "$root/Directory.Packages.props" "$root/eng/AmazonLambda.targets"; ls -l "${AmazonLambdaFeed:-/dev/null}"; cd "$root" && dotnet nuget list source; } | cksum | cut -d ' ' -f 1)
kept=$root/artifacts/amazon-lambda.$asked
if [[ ${1:-} != --again && -s $kept ]]; then cat "$kept"; exit; fi

answer=standins
patience=(); command -v timeout >/dev/null && patience=(timeout 120)
if patiently "Asking the package feed for Amazon's Lambda packages" "$root/artifacts/amazon-lambda.log" \
  ${patience[@]+"${patience[@]}"} dotnet restore "$root/eng/probe/AmazonLambdaPackages.csproj" -p:AmazonLambda=published -v quiet; then answer=published; fi
printf '%s\n' "$answer" >"$kept.$$" && mv "$kept.$$" "$kept"
printf '%s\n' "$answer"
