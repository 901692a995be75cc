#!/usr/bin/env bash
# The main job on this machine: drops examples/one-zone.idf into a bucket, lets the function simulate it with the real
# EnergyPlus, and shows the results. Needs the .NET 10 SDK. Leaves no process and no port behind.
# usage: ./demo.sh
set -euo pipefail
case "${1:-}" in "") ;; --help | -h) sed -n '2,4s/^# //p' "$0"; exit 0 ;; *) sed -n '2,4s/^# //p' "$0" >&2; exit 2 ;; esac
cd "$(dirname "${BASH_SOURCE[0]}")"
say() { printf '%s\n' "$*"; }
command -v dotnet >/dev/null || { say "demo.sh needs the .NET 10 SDK: install it from https://dotnet.microsoft.com/download and try again." >&2; exit 1; }
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
mkdir -p artifacts

# --- EnergyPlus: installed, unpacked beside the checkout, fetched, or replayed
cache=${XDG_CACHE_HOME:-$HOME/.cache}/idfkit/energyplus
runs() { [[ -x $1/energyplus ]] && "$1/energyplus" --version >/dev/null 2>&1; }
installed() {
  local folder
  for folder in "$(command -v energyplus 2>/dev/null | xargs -r readlink -f | xargs -r dirname)" "$cache"/EnergyPlus-25-2-0 /usr/local/EnergyPlus-25-2-0 /Applications/EnergyPlus-25-2-0; do
    if [[ -n $folder ]] && runs "$folder"; then echo "$folder"; return 0; fi
  done
  return 1
}
fetch() {
  local name sum
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) name=x86_64 sum=e454fecd0f40be2e7ad8b574722b58ef8b9adc15aadfa31716f1c70a93ced4da ;;
    Linux-aarch64) name=arm64 sum=b5247538b4ecbaec9ea57754b55d5d8cd3e07059b3c485db387b5430a8fa1f5a ;;
    *) return 1 ;;
  esac
  command -v curl >/dev/null && command -v tar >/dev/null || return 1
  mkdir -p "$cache" || return 1
  local staging; staging=$(mktemp -d "$cache/.fetch.XXXXXX") || return 1
  say "Fetching EnergyPlus 25.2.0 (about 170 MB, once) …" >&2
  if curl --fail --location --silent --show-error --connect-timeout 10 -o "$staging/archive.tar.gz" \
      "https://github.com/NREL/EnergyPlus/releases/download/v25.2.0/EnergyPlus-25.2.0-cf7368216c-Linux-Ubuntu22.04-$name.tar.gz" 2>"$staging/why" \
    && echo "$sum  $staging/archive.tar.gz" | sha256sum --check --quiet >/dev/null 2>"$staging/why" \
    && mkdir "$staging/energyplus" && tar -xzf "$staging/archive.tar.gz" -C "$staging/energyplus" --strip-components=1 2>"$staging/why"; then
    mv -T "$staging/energyplus" "$cache/EnergyPlus-25-2-0" 2>/dev/null || true # another demo was quicker
  else
    say "It could not be fetched: $(head -n 1 "$staging/why")" >&2
  fi
  rm -rf "$staging"
  runs "$cache/EnergyPlus-25-2-0" && echo "$cache/EnergyPlus-25-2-0"
}
shared=${IDFKIT_SHARED:-../shared}
if [[ -n ${ENERGYPLUS_DIR:-} ]]; then
  [[ -x $ENERGYPLUS_DIR/energyplus ]] || { say "ENERGYPLUS_DIR is '$ENERGYPLUS_DIR', and there is no energyplus program in it; correct it or unset it." >&2; exit 1; }
elif ENERGYPLUS_DIR=$(installed); then :
elif [[ -x $shared/energyplus/unpack.sh ]] && ENERGYPLUS_DIR=$("$shared/energyplus/unpack.sh" 2>/dev/null); then :
elif ENERGYPLUS_DIR=$(fetch); then :
else
  ENERGYPLUS_DIR=$PWD/examples/recorded
  say "No EnergyPlus can be had here, so a recorded genuine run of the same model is replayed instead of simulating."
fi
export ENERGYPLUS_DIR

# --- build and publish; two demos at once take turns
(
  if command -v flock >/dev/null; then flock 8; fi
  say "Building …"
  ./eng/publish.sh artifacts/publish-jit --jit 2>artifacts/demo-build.log || { cat artifacts/demo-build.log >&2; exit 1; }
  dotnet build src/IdfKit.Cli -c Release -p:RunAnalyzers=false --nologo -v quiet -clp:NoSummary >artifacts/demo-build.log 2>&1 || { cat artifacts/demo-build.log >&2; exit 1; }
) 8>artifacts/demo.lock

# --- drop the model and watch; a folder of its own for every demo, the older ones go
find artifacts/demo -mindepth 1 -maxdepth 1 -mmin +60 -exec rm -rf {} + 2>/dev/null || true
bucket=$PWD/artifacts/demo/$(date +%Y%m%d-%H%M%S)-$$
tool=src/IdfKit.Cli/bin/Release/net10.0/idfkit
dotnet "$tool.dll" dev "$bucket" --bootstrap artifacts/publish-jit/bootstrap --until-idle \
  --drop examples/USA_CO_Golden-NREL.724666_TMY3.epw examples/one-zone.idf || status=$?
[[ -f $bucket/outputs/one-zone/run.json ]] || exit "${status:-1}"
say
say "Results: $bucket/outputs/one-zone"
dotnet "$tool.dll" show "$bucket/outputs/one-zone"
