#!/usr/bin/env bash
# Measures how near a batch comes to an even share of the processors, and writes docs/benchmarks.md.
# usage: bench/batch/run.sh [--jobs N] [--rounds N]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
ENERGYPLUS_DIR=$(./eng/energyplus.sh); export ENERGYPLUS_DIR
dotnet run --project bench/batch -c Release -- --write docs/benchmarks.md "$@"
