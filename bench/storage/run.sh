#!/usr/bin/env bash
# Measures the S3 file system against `aws s3 cp`, the Python peer and Amazon's bare client, and writes docs/benchmarks.md.
# usage: bench/storage/run.sh [--megabytes N] [--rounds N]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
dotnet publish bench/storage-client -c Release -r linux-x64 -p:Publishing=aot -o artifacts/bench --nologo -v quiet >&2
dotnet run --project bench/storage -c Release -- --write docs/benchmarks.md "$@"
