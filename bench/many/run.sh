#!/usr/bin/env bash
# Measures thousands of tiny models that `idfkit dev` finds at once: the rate, the memory of the tool (which is the local cloud) and of
# a function process as it goes, whether each model has its completed record, and whose processor time it was. Prints tables.
# usage: bench/many/run.sh [MODELS] [PROGRAM]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
models=${1:-10000}
idfkit=${2:-}
ENERGYPLUS_DIR=$(./eng/energyplus.sh); export ENERGYPLUS_DIR
if [[ -z $idfkit ]]; then
  ./eng/publish.sh artifacts/bench/tool --tool >&2
  idfkit=artifacts/bench/tool/idfkit
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir -p "$work/bucket/inputs"
cp examples/*.epw "$work/bucket/inputs/"
sed 's/^  12, 31, ,  /  1, 1, ,  /' examples/one-zone.idf > "$work/day.idf" # one day of the year
day=$(<"$work/day.idf")
for ((at = 0; at < models; at++)); do
  printf -v name '%s/bucket/inputs/m%05d.idf' "$work" "$at"
  printf '! model %d\n%s\n' "$at" "$day" > "$name"
done

TIMEFORMAT=%R
bare=$({ time "$ENERGYPLUS_DIR/energyplus" -w examples/*.epw -d "$work/bare" "$work/day.idf" > /dev/null 2>&1; } 2>&1)

# How many have a folder of results, by names alone: looking at each file would be a load of its own.
records() { { ls -U "$work/bucket/outputs" 2> /dev/null || true; } | wc -l; }
# Resident memory of a process, MB.
memory() { awk '/VmRSS/ { printf "%.0f", $2 / 1024 }' "/proc/$1/status" 2> /dev/null || true; }
function_of() {
  local child
  for child in $(pgrep -P "$1"); do
    if [[ $(readlink "/proc/$child/exe") != *idfkit-engine ]]; then echo "$child"; return; fi
  done
}
# Processor time of the tool, of the function processes and of what these have started and seen end: EnergyPlus and its host. Clock ticks.
ticks_of() { sed 's/.*) //' "/proc/$1/stat" 2> /dev/null || true; } # from the state on, the third field: the 14th is the 12th of these
processor_time() {
  { ticks_of "$1"; for child in $(pgrep -P "$1"); do ticks_of "$child"; done; } |
    awk 'NR == 1 { tu = $12; tk = $13 } NR > 1 { fu += $12; fk += $13; eu += $14; ek += $15 } END { print tu, tk, fu, fk, eu, ek }'
}

"$idfkit" dev "$work/bucket" --until-idle --json > "$work/said" 2>&1 &
tool=$! began=$EPOCHREALTIME
echo "| runs begun or over | seconds | a second since the line above | the tool and local cloud, MB | a function process, MB |"
echo "|---|---|---|---|---|"
seen=0 then=$began
for share in 1 25 50 75 98; do
  want=$((models * share / 100))
  until (($(records) >= want)); do sleep 1; kill -0 $tool || break; done
  now=$EPOCHREALTIME over=$(records)
  awk -v n="$over" -v a="$began" -v b="$now" -v t="$(memory $tool)" -v f="$(memory "$(function_of $tool)")" -v m="$seen" -v c="$then" \
    'BEGIN { printf "| %d | %.0f | %.1f | %s | %s |\n", n, b - a, (n - m) / (b - c), t, f }'
  seen=$over then=$now
  ticks=$(processor_time $tool)
done
wait $tool || true
ended=$EPOCHREALTIME
completed=$(find "$work/bucket/outputs" -name run.json -exec grep -l '"status": "completed"' {} + | wc -l)
echo
awk -v n="$models" -v c="$completed" -v a="$began" -v b="$ended" -v bare="$bare" -v p="$(nproc)" 'BEGIN {
  printf "%d of %d models have a completed record; %.0f s, %.1f a second; the plain program takes %.0f ms for one, ", c, n, b - a, n / (b - a), bare * 1000
  printf "so %.1f a second on %d processors.\n", p / bare, p }'
awk -v n="$seen" -v a="$began" -v b="$then" -v hz="$(getconf CLK_TCK)" -v p="$(nproc)" '
  function part(name, user, kernel) {
    printf "| %s | %.1f | %.1f | %.1f %% |\n", name, user / hz / n * 1000, kernel / hz / n * 1000, (user + kernel) / hz / ((b - a) * p) * 100
  }
  {
    printf "\n| of the first %d | a run, ms of the program | of the kernel, ms | of what %d processors have |\n|---|---|---|---|\n", n, p
    part("EnergyPlus and its host", $5, $6); part("function", $3, $4); part("tool and local cloud", $1, $2)
  }' <<< "$ticks"
