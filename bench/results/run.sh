#!/usr/bin/env bash
# Measures the readers of result files beside the Python peer, and writes their section of docs/benchmarks.md.
# The files are made by EnergyPlus once and kept in artifacts/bench-results.
# usage: bench/results/run.sh [--rounds N] [--keep FOLDER]
#        bench/results/run.sh model-sizes    what a model of 8 MB costs, whatever is in it
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
if [ "${1:-}" = model-sizes ]; then
  exec dotnet run --project bench/results -c Release -- model-sizes --write docs/benchmarks.md
fi
ENERGYPLUS_DIR=$(./eng/energyplus.sh); export ENERGYPLUS_DIR
dotnet run --project bench/results -c Release -- --write docs/benchmarks.md "$@"
