#!/bin/bash
# Writes PublicAPI.Unshipped.txt of each package anew from its public members: ./eng/public-api.sh [PROJECT…]
# The build fails while the files and the members differ (RS0016, RS0017). Read the diff of the files before you commit it.
# PublicAPI.Shipped.txt holds what a release has promised; move the lines there with the release.
set -euo pipefail
cd "$(dirname "$0")/.."
projects=("$@")
[ ${#projects[@]} -gt 0 ] || projects=(IdfKit.Storage IdfKit.Storage.S3 IdfKit.Storage.S3.Credentials \
  IdfKit.Storage.DependencyInjection IdfKit.Engine IdfKit.Runs IdfKit.Simulation IdfKit.Studies IdfKit.Drops)

build() { dotnet build "$@" --nologo -clp:NoSummary -p:TreatWarningsAsErrors=false 2>&1; }

for project in "${projects[@]}"; do
  folder=src/$project
  [ -f "$folder/PublicAPI.Shipped.txt" ] || echo '#nullable enable' > "$folder/PublicAPI.Shipped.txt"
  echo '#nullable enable' > "$folder/PublicAPI.Unshipped.txt"
done
for project in "${projects[@]}"; do
  folder=src/$project
  # With what it refers to, which a fresh clone has not built; then alone, since only a build that compiles says what is missing.
  log=$(build "$folder") || { echo "$log" >&2; exit 1; }
  members=$(build "$folder" --no-incremental --no-dependencies \
    | sed -nE "s/^.*warning RS0016: Symbol '(.*)' is not part of the declared public API.*$/\1/p" | LC_ALL=C sort -u)
  printf '%s\n' '#nullable enable' "$members" | sed '/^$/d' > "$folder/PublicAPI.Unshipped.txt"
  echo "$project: $(($(wc -l < "$folder/PublicAPI.Unshipped.txt") - 1)) members"
done
