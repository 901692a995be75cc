#!/usr/bin/env bash
# Measures `idfkit watch` and the server of `idfkit open` over thousands of runs of some twenty files each, in a folder: the peak of their
# memory after 30 s of looking (of open: with one page that listens), and how long the first look takes. Prints a table.
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
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$work"' EXIT

"$idfkit" run examples/one-zone.idf --weather examples/*.epw -o "$work/template" >&2
mkdir -p "$work/bucket/inputs" "$work/bucket/outputs"
printf 'Version,25.2;\n' > "$work/bucket/inputs/waits.idf" # so that there is a second look
for ((at = 0; at < runs; at++)); do
  printf -v name 'outputs/p%02d/run%05d' $((at % 100)) "$at"
  mkdir -p "$work/bucket/${name%/*}"
  cp -al "$work/template/one-zone" "$work/bucket/$name"
done
files=$(find "$work/template/one-zone" -type f | wc -l)

# Waits for the first look of a process, looks on for 30 s, and prints a row with the peak of its memory.
row() { # WHAT PROCESS FILE TEXT; the first look is over when FILE has TEXT
  local began=$EPOCHREALTIME
  until grep -q "$4" "$3"; do sleep 0.05; kill -0 "$2"; done
  local first
  first=$(awk -v a="$began" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }')
  sleep 30
  local peak
  peak=$(awk '/VmHWM/ { printf "%.0f", $2 / 1024 }' "/proc/$2/status")
  kill "$2"; wait "$2" || true
  echo "| $1 | $runs | $files | $first | $peak |"
}

watched() {
  "$idfkit" watch "$work/bucket" --every 1 --json > "$work/said" 2>&1 &
  row '`idfkit watch`' $! "$work/said" waiting
}

opened() {
  : > "$work/news"
  "$idfkit" open "$work/bucket" --no-browser > "$work/said" 2>&1 &
  local opening=$! address
  until address=$(grep -o 'http://127[^ ]*token=[0-9a-f]*' "$work/said"); do sleep 0.05; kill -0 $opening; done
  curl -s -c "$work/cookies" -o "$work/page" "$address"
  curl -sN -b "$work/cookies" "${address%%\?*}api/events" > "$work/news" &
  local page=$!
  row '`idfkit open`, one page' $opening "$work/news" run00000
  kill $page 2>/dev/null || true; wait $page || true
}

echo '| over a folder | runs | files of each | first look, s | peak memory, MB |'
echo '|---|---|---|---|---|'
watched
opened
