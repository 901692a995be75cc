#!/usr/bin/env bash
# Measures the readers of result files beside the Python peer, and writes their section of docs/benchmarks.md.
# The files are made by EnergyPlus once and kept in artifacts/bench-results.
# usage: bench/results/run.sh [--rounds N] [--keep FOLDER]
#        bench/results/run.sh model-sizes    what a model of 8 MB costs, whatever is in it
#        bench/results/run.sh made           what the page and the Parquet files of a run cost
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
if [ "${1:-}" = model-sizes ]; then
  exec dotnet run --project bench/results -c Release -- model-sizes --write docs/benchmarks.md
fi
ENERGYPLUS_DIR=$(./eng/energyplus.sh); export ENERGYPLUS_DIR
if [ "${1:-}" = made ]; then
  dotnet publish bench/results-client -c Release -r linux-x64 -p:Publishing=aot -o artifacts/bench --nologo -v quiet >&2
  exec dotnet run --project bench/results -c Release -- made artifacts/bench/bench-results-client --write docs/benchmarks.md "${@:2}"
fi
dotnet run --project bench/results -c Release -- --write docs/benchmarks.md "$@"
