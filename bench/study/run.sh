#!/usr/bin/env bash
# Measures how near studies come to an even share of the processors, and what a plan, a table and a page of 10,000 rows take, and
# writes docs/benchmarks.md.
# usage: bench/study/run.sh [--rows N] [--rounds N] [--planned N]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
ENERGYPLUS_DIR=$(./eng/energyplus.sh); export ENERGYPLUS_DIR
./eng/publish.sh artifacts/publish >&2
./eng/publish.sh artifacts/bench/idfkit --tool >&2
dotnet run --project bench/study -c Release -- --write docs/benchmarks.md "$@"
