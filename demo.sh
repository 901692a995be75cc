#!/usr/bin/env bash
# The main job on this machine: drops examples/one-zone.idf into a bucket, lets the function simulate it with the real
# EnergyPlus, and shows the results. Needs the .NET 10 SDK. Leaves no process and no port behind.
# usage: ./demo.sh [--aot | --study]
#   --aot     the tool and its function compiled ahead of time, as they are installed and deployed; needs a C linker and minutes
#   --study   runs examples/office-study, 36 variants of that model, and says where their table and their page are
# Where no EnergyPlus can be had, a recorded genuine run of the same model is replayed, and it says so before and after.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/eng/common.sh"
kind=(artifacts/idfkit --jit) study=false
case "${1:-}" in
  "") ;;
  --aot) kind=(artifacts/idfkit-aot) ;;
  --study) study=true ;;
  --help | -h) help_of "$0"; exit 0 ;;
  *) say "demo.sh does not know '$1'."; help_of "$0" >&2; exit 2 ;;
esac
cd "$root"
at_end true "This demo was interrupted."
need_dotnet demo.sh
mkdir -p artifacts/demo 2>/dev/null && [[ -w artifacts/demo ]] || stop "The demo builds below $root/artifacts, which cannot be written: clone into a folder of your own and try again."

minutes="one to two minutes"; [[ ${kind[1]:-} == --jit ]] || minutes="three to six minutes"
if $study; then what="runs 36 variants of examples/one-zone.idf and makes one table and one page of them: about half a minute on two processors"
else what="drops examples/one-zone.idf into a bucket on this machine, simulates its year with EnergyPlus and shows the results: a few seconds"; fi
echo "This demo $what. Building the tool comes first: $minutes the first time, nothing where nothing has changed."

bucket=$PWD/artifacts/demo/$(date +%Y%m%d-%H%M%S)-$$
mkdir "$bucket"
find artifacts/demo -mindepth 1 -maxdepth 1 -mmin +60 -exec rm -rf {} + 2>/dev/null || true # those of an hour ago

# --- EnergyPlus, or a replay
mkdir "$bucket/.idfkit"
why=$bucket/.idfkit/why-no-energyplus
if run ./eng/energyplus.sh --why "$why" >"$bucket/.idfkit/energyplus"; then
  ENERGYPLUS_DIR=$(cat "$bucket/.idfkit/energyplus")
  reason="ENERGYPLUS_DIR asks for it."
elif [[ -n ${ENERGYPLUS_DIR:-} ]]; then
  stop "$(cat "$why")" # who names one wants no other
else
  sed '$d' "$why" >&2 || true # the last reason comes with the replay
  ENERGYPLUS_DIR=$root/examples/recorded
  reason=$(tail -n 1 "$why" 2>/dev/null || true)
fi
if [[ -f $ENERGYPLUS_DIR/idfkit-replay.json ]]; then
  if $study; then stop "A study needs EnergyPlus itself, a recorded run cannot stand in for its variants. ${reason:-The reason stands above.}"; fi
  echo "No EnergyPlus is run here: a recorded genuine run of the same model is replayed instead of simulating. ${reason:-The reason stands above.}"
fi
export ENERGYPLUS_DIR

# --- the tool, which is the function too
run ./eng/publish.sh "${kind[@]}" --tool --if-changed || stop "This demo failed: the tool could not be built."

# --- a study: 36 variants of the model, a table, a page
tool=${kind[0]}/idfkit
if $study; then
  run "$tool" study run examples/office-study/office.study.csv -o "$bucket/office.study" || stop "This demo failed: a row of the study did not complete."
  exit
fi

# --- drop the model and watch; a folder of its own for every demo
run "$tool" dev "$bucket" --until-idle \
  --drop examples/USA_CO_Golden-NREL.724666_TMY3.epw examples/one-zone.idf || true
results=$bucket/outputs/one-zone
[[ -f $results/run.json ]] || stop "This demo failed: no record of one-zone.idf was written. What the function said: $bucket/.idfkit/function.log"
echo
echo "Results: $results"
status=0
shown=$(run "$tool" show "$results") || status=$?
printf '%s\n' "$shown"
if (( status != 0 )); then stop "This demo failed: $(tail -n 1 <<<"$shown")"; fi
