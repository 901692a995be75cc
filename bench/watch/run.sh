#!/usr/bin/env bash
# Measures `idfkit watch` over thousands of runs of some twenty files each, in a folder: the peak of its memory after 30 s of
# looking, and how long the first look takes. Prints a table.
# usage: bench/watch/run.sh [RUNS] [PROGRAM]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
runs=${1:-10000}
idfkit=${2:-}
ENERGYPLUS_DIR=$(./eng/energyplus.sh); export ENERGYPLUS_DIR
if [[ -z $idfkit ]]; then
  dotnet publish src/IdfKit.Cli -c Release -o artifacts/bench/idfkit --nologo -v quiet >&2
  idfkit=artifacts/bench/idfkit/idfkit
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$idfkit" run examples/one-zone.idf --weather examples/*.epw -o "$work/template" >&2
mkdir -p "$work/bucket/inputs" "$work/bucket/outputs"
printf 'Version,25.2;\n' > "$work/bucket/inputs/waits.idf" # so that there is a second look
for ((at = 0; at < runs; at++)); do
  printf -v name 'outputs/p%02d/run%05d' $((at % 100)) "$at"
  mkdir -p "$work/bucket/${name%/*}"
  cp -al "$work/template/one-zone" "$work/bucket/$name"
done
files=$(find "$work/template/one-zone" -type f | wc -l)

# The peak of a process's memory when it has looked so many times, in MB.
measure() {
  local what=$1 place=$2
  "$idfkit" watch "$place" --every 1 --json > "$work/said" 2>&1 &
  local watching=$! began=$EPOCHREALTIME
  until grep -q waiting "$work/said"; do sleep 0.05; kill -0 $watching; done
  local first
  first=$(awk -v a="$began" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }')
  sleep 30
  local peak
  peak=$(awk '/VmHWM/ { printf "%.0f", $2 / 1024 }' /proc/$watching/status)
  kill -INT $watching; wait $watching || true
  echo "| $what | $runs | $files | $first | $peak |"
}

echo '| `idfkit watch` over | runs | files of each | first look, s | peak memory, MB |'
echo '|---|---|---|---|---|'
measure "a folder" "$work/bucket"
