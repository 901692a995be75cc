#!/usr/bin/env bash
# Measures runs forked from an engine host against the plain program, and the model reader, and writes docs/benchmarks.md.
# With --compare it runs every shared model through both instead and compares their files byte for byte.
# usage: bench/host/run.sh [--rounds N] | --compare
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
ENERGYPLUS_DIR=$(./eng/energyplus.sh); export ENERGYPLUS_DIR
[ -x artifacts/publish/idfkit-engine ] || ./eng/publish.sh artifacts/publish >&2
dotnet run --project bench/host -c Release -- --write docs/benchmarks.md "$@"
