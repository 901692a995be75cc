#!/usr/bin/env bash
# Compares years in parts with years by one process, on every model of a folder made annual: figures, and time in interleaved rounds. It
# writes docs/benchmarks.md. The machine has to be quiet: parts only begin where processors are free.
# usage: bench/segments/run.sh [--rounds N] [--models FOLDER] [--only PART-OF-NAME]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
ENERGYPLUS_DIR=$(./eng/energyplus.sh); export ENERGYPLUS_DIR
./eng/publish.sh artifacts/publish >&2
dotnet run --project bench/segments -c Release -- --write docs/benchmarks.md "$@"
