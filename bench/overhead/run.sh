#!/usr/bin/env bash
# Measures the function's overhead against the plain program and the Python peer, and writes docs/benchmarks.md.
# usage: bench/overhead/run.sh [--rounds N] [--cold N]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
ENERGYPLUS_DIR=$(./eng/energyplus.sh); export ENERGYPLUS_DIR
./eng/publish.sh artifacts/publish >&2
dotnet run --project bench/overhead -c Release -- --write docs/benchmarks.md "$@"
