#!/usr/bin/env bash
# Measures `idfkit collect` on thousands of runs in a bucket against the loops that people write with boto3, and writes
# docs/benchmarks.md.
# usage: bench/collect/run.sh [--runs N] [--rounds N]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
ENERGYPLUS_DIR=$(./eng/energyplus.sh); export ENERGYPLUS_DIR
./eng/publish.sh artifacts/bench/idfkit --tool >&2
dotnet run --project bench/collect -c Release -- --write docs/benchmarks.md "$@"
