#!/usr/bin/env bash
# Compares years in parts with years by one process, on every model of a list made annual: figures, and time in interleaved rounds. It
# writes docs/benchmarks.md, and ends with 1 where a figure is further apart than the criteria allow.
# For times the machine has to be quiet: parts only begin where processors are free. For figures alone it need not:
# --room 2 takes it for one with two free processors. --as-is leaves the run periods of the models as they are.
# --timed has the rounds, and those of idfkit run, made of some models alone, and of the others one.
# usage: bench/segments/run.sh [--rounds N] [--models FILE-OR-FOLDER,…] [--only PART-OF-NAME] [--weather EPW] [--as-is] [--room PARTS]
#   [--timed PARTS-OF-NAMES]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
ENERGYPLUS_DIR=$(./eng/energyplus.sh); export ENERGYPLUS_DIR
./eng/publish.sh artifacts/publish >&2
./eng/publish.sh artifacts/bench/tool --tool >&2
dotnet run --project bench/segments -c Release -- --tool artifacts/bench/tool/idfkit --write docs/benchmarks.md "$@"
