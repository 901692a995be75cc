#!/usr/bin/env bash
# Measures the function under a burst of models, and its own memory; writes docs/benchmarks.md.
# usage: bench/load/run.sh [--models N] [--rounds N]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
ENERGYPLUS_DIR=$(./eng/energyplus.sh); export ENERGYPLUS_DIR
./eng/publish.sh artifacts/publish >&2
dotnet run --project bench/load -c Release -- --write docs/benchmarks.md "$@"
