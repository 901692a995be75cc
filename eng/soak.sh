#!/usr/bin/env bash
# The function in bad weather, for minutes: a burst of models with every event three times and shuffled, newer content while the older runs, one S3
# request in ten failing, function processes killed at random, others frozen while they upload, past their lease, and thawed when another run has
# committed; one model in ten has results over 5 MiB. Then every invariant is checked from the bucket alone. Prints the figures.
# usage: eng/soak.sh [--models N] [--frozen N] [--seed N]    default: 300 models, 6 frozen, a seed of its own, which it prints
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
ENERGYPLUS_DIR=$(./eng/energyplus.sh); export ENERGYPLUS_DIR
models=300 frozen=6 seed=
while (( $# )); do
  case $1 in
    --models) models=${2:?--models needs a number}; shift 2 ;;
    --frozen) frozen=${2:?--frozen needs a number}; shift 2 ;;
    --seed) seed=${2:?--seed needs a number}; shift 2 ;;
    *) sed -n '2,5s/^# //p' "$0" >&2; [[ $1 == --help ]] && exit 0 || exit 2 ;;
  esac
done
[[ $models =~ ^[1-9][0-9]*$ && $frozen =~ ^[0-9]+$ && $seed =~ ^[0-9]*$ ]] || { echo "--models, --frozen and --seed take whole numbers." >&2; exit 2; }
./eng/publish.sh artifacts/publish >&2
dotnet build tests/IdfKit.EndToEnd.Tests --nologo -v quiet -clp:NoSummary >&2
export IDFKIT_SOAK_MODELS=$models IDFKIT_SOAK_FROZEN=$frozen IDFKIT_SOAK_SEED=$seed IDFKIT_TEST_BOOTSTRAP=$PWD/artifacts/publish/bootstrap
exec tests/IdfKit.EndToEnd.Tests/bin/Debug/net10.0/IdfKit.EndToEnd.Tests -noLogo -showLiveOutput -class '*.SoakTests'
