#!/usr/bin/env bash
# Runs every test. Installs what the tests need where it may; what cannot be had is named, and its tests are skipped.
# usage: ./test.sh [--must-run]    --must-run: fail when a test of tests/must-run.txt was skipped (CI does)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

must_run=false
case "${1:-}" in
  "") ;;
  --must-run) must_run=true ;;
  *) sed -n '2,3s/^# //p' "$0"; [[ ${1:-} == --help ]] && exit 0 || exit 2 ;;
esac

say() { printf '%s\n' "$*" >&2; }
command -v dotnet >/dev/null || { say "test.sh needs the .NET 10 SDK: install it from https://dotnet.microsoft.com/download and try again."; exit 1; }

# --- parts: each that is missing skips its own tests, and says so
shared=${IDFKIT_SHARED:-../shared}
[[ -d $shared ]] && export IDFKIT_SHARED=$(cd "$shared" && pwd)
as_root=false; [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null && as_root=true

if [[ -z ${ENERGYPLUS_DIR:-} && -x $shared/energyplus/unpack.sh ]]; then
  if folder=$("$shared/energyplus/unpack.sh" 2>/tmp/idfkit-unpack.$$); then export ENERGYPLUS_DIR=$folder
  else say "EnergyPlus could not be unpacked: $(tail -1 /tmp/idfkit-unpack.$$)"; fi
  rm -f /tmp/idfkit-unpack.$$
fi
if $as_root; then
  missing=(); for tool in curl bc xz; do command -v "$tool" >/dev/null || missing+=("${tool/#xz/xz-utils}"); done
  (( ${#missing[@]} )) && { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"; } >&2
  [[ -x $shared/s3/install-rgw.sh ]] && ! "$shared/s3/install-rgw.sh" >&2 && say "Ceph RGW could not be installed; its tests will be skipped."
fi
azurite=artifacts/azurite
if [[ ! -x $azurite/node_modules/.bin/azurite-blob ]] && command -v npm >/dev/null; then
  mkdir -p "$azurite"
  npm install --prefix "$azurite" --no-audit --no-fund --silent azurite@3.35.0 >&2 || { rm -rf "$azurite"; say "Azurite could not be installed from npm; its tests will be skipped."; }
fi

# --- build, and the function as it is deployed
export AmazonLambda=${AmazonLambda:-$(./eng/probe-amazon.sh)}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build IdfKit.Lambda.sln --nologo -v quiet -clp:NoSummary
publish=(./eng/publish.sh artifacts/publish)
command -v cc >/dev/null || command -v clang >/dev/null || { say "No C linker here, so the function is published --jit and not ahead of time."; publish+=(--jit); }
"${publish[@]}" >&2
export IDFKIT_TEST_BOOTSTRAP=$PWD/artifacts/publish/bootstrap

# --- run; the figures come from the reports, so that a test process that dies counts too
results=artifacts/test-results
rm -rf "$results"; mkdir -p "$results"
status=0
dotnet test IdfKit.Lambda.sln --no-build --max-parallel-test-modules 1 --report-xunit-trx --results-directory "$results" || status=$?

lines() { cat "$results"/*.trx | { grep -o "<UnitTestResult [^>]*outcome=\"$1\"" || true; }; }
count() { lines "$1" | wc -l; }
names() { lines "$1" | sed 's/.*testName="\([^"]*\)".*/\1/' | sort -u; }
passed=$(count Passed); failed=$(count Failed); skipped=$(count NotExecuted)

if (( failed )); then say; say "Failed:"; names Failed >&2; fi
if (( skipped )); then
  say; say "Skipped, because a part could not be had:"
  cat "$results"/*.trx | { grep -o '<StdOut>needs [^<]*' || true; } | sed 's/^<StdOut>//' | sort | uniq -c | sort -rn >&2
  names NotExecuted | sed 's/(.*//' | uniq -c >&2
fi
if $must_run; then
  was_skipped=$(names NotExecuted); was_run=$(names Passed; names Failed)
  while read -r pattern; do
    [[ -z $pattern || $pattern == \#* ]] && continue
    if grep -qF -- "$pattern" <<< "$was_skipped"; then say "must run, and was skipped: $pattern"; status=1
    elif ! grep -qF -- "$pattern" <<< "$was_run"; then say "must run, and does not exist: $pattern"; status=1; fi
  done < tests/must-run.txt
fi
(( failed == 0 && passed > 0 )) || status=1
(( status == 0 )) || say "The tests failed."
echo "$passed passed, $failed failed, $skipped skipped"
exit $status
