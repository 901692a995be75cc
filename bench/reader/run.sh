#!/usr/bin/env bash
# Measures how fast models are read, and writes docs/benchmarks.md.
# usage: bench/reader/run.sh [--rounds N]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
dotnet run --project bench/reader -c Release -- --write docs/benchmarks.md "$@"
