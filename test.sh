#!/usr/bin/env bash
# Runs every test. Installs what the tests need where it may; what cannot be had skips its tests, and one line a group says so.
# usage: ./test.sh [--quick | --must-run]
#   --quick     no servers, no EnergyPlus, nothing installed or published: minutes, for every day
#   --must-run  fails when a test of tests/must-run.txt was skipped, as continuous integration does
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/eng/common.sh"
must_run=false quick=false pack=()
case "${1:-}" in
  "") ;;
  --quick) quick=true ;;
  --must-run) must_run=true ;;
  --help | -h) help_of "$0"; exit 0 ;;
  *) say "test.sh does not know '$1'."; help_of "$0" >&2; exit 2 ;;
esac
cd "$root"
at_end true "The tests were interrupted."
need_dotnet test.sh
mkdir -p artifacts 2>/dev/null && [[ -w artifacts ]] || stop "The tests are built in $root, which cannot be written: clone into a folder of your own and try again."

# --- parts: each that is missing skips its own tests
shared=${IDFKIT_SHARED:-../shared}
[[ ! -d $shared ]] || export IDFKIT_SHARED=$(cd "$shared" && pwd)

if $quick; then
  export IDFKIT_TEST_QUICK=1
else
  given=${ENERGYPLUS_DIR:-}
  if ENERGYPLUS_DIR=$(./eng/energyplus.sh); then export ENERGYPLUS_DIR
  elif [[ -n $given ]]; then exit 1 # it said what is wrong with the one that was named
  else
    unset ENERGYPLUS_DIR
    export IDFKIT_TEST_ENERGYPLUS=none # what lies somewhere and does not run is not tried
  fi
  if may_install; then
    missing=()
    { command -v cc || command -v clang; } >/dev/null && [[ -e /usr/include/zlib.h ]] || missing+=(clang zlib1g-dev)
    for pair in xz=xz-utils npm=npm python3=python3 aws=awscli; do command -v "${pair%=*}" >/dev/null || missing+=("${pair#*=}"); done
    if (( ${#missing[@]} )) && ! patiently "Installing ${missing[*]}" artifacts/apt.log install_packages "${missing[@]}"; then
      say "${missing[*]} could not be installed, and what needs them will be skipped: $(apt_reason artifacts/apt.log)"
    fi
    clients=() # of S3, each for one test
    for client in curl s3cmd rclone s3fs; do command -v "$client" >/dev/null || clients+=("$client"); done
    if (( ${#clients[@]} )) && ! patiently "Installing ${clients[*]}" artifacts/apt.log install_packages "${clients[@]}"; then
      say "${clients[*]} could not be installed, and the tests with them will be skipped: $(apt_reason artifacts/apt.log)"
    fi
    if ! { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null; then # not every system has it
      patiently "Installing Chromium" artifacts/apt.log install_packages chromium fonts-dejavu-core \
        || say "Chromium could not be installed, and the tests of pages will be skipped: $(apt_reason artifacts/apt.log)"
    fi
    run ./eng/s3/install.sh || true # it said why not; the local cloud takes its place where it can
  fi
  run ./eng/s3/moto.sh install || true # likewise
  azurite=artifacts/azurite
  if [[ ! -x $azurite/node_modules/.bin/azurite-blob ]] && command -v npm >/dev/null; then
    mkdir -p "$azurite"
    patiently "Installing Azurite" artifacts/npm.log npm install --prefix "$azurite" --no-audit --no-fund --silent azurite@3.35.0 \
      || { rm -rf "$azurite"; say "Azurite could not be installed from npm; its tests will be skipped."; }
  fi
  javascript=artifacts/aws-sdk-js
  if [[ ! -d $javascript/node_modules/@aws-sdk/client-s3 ]] && command -v npm >/dev/null; then
    mkdir -p "$javascript"
    patiently "Installing @aws-sdk/client-s3" artifacts/npm.log npm install --prefix "$javascript" --no-audit --no-fund --silent @aws-sdk/client-s3@3.1169.0 \
      || { rm -rf "$javascript"; say "@aws-sdk/client-s3 could not be installed from npm; its test will be skipped."; }
  fi
fi

# --- build, and the function as it is deployed
unset IDFKIT_TEST_TOOL # of an earlier build
export AmazonLambda=${AmazonLambda:-$(./eng/probe-amazon.sh)}
lock artifacts/publish.lock "Another build"
patiently "Building" artifacts/build.log dotnet build IdfKit.Lambda.sln --nologo -v minimal \
  || { grep -E ': (error|warning) ' artifacts/build.log | sort -u >&2 || cat artifacts/build.log >&2; stop "The build failed; the compiler's words stand above."; }
unlock
if ! $quick; then
  publish=(./eng/publish.sh artifacts/publish)
  command -v cc >/dev/null || command -v clang >/dev/null || { say "No C linker here, so the function is published --jit and not ahead of time."; publish+=(--jit); }
  ContinuousIntegrationBuild=true run "${publish[@]}" # as eng/pack.sh has it, which need not compile the same anew
  export IDFKIT_TEST_BOOTSTRAP=$PWD/artifacts/publish/bootstrap
  if command -v cc >/dev/null || command -v clang >/dev/null; then pack=(--pack); fi
fi

# --- run; the figures come from the reports, so that a test process that dies counts too
results=artifacts/test-results/$(date +%Y%m%d-%H%M%S)-$$ # of its own: two runs may overlap
mkdir -p "$results"
find artifacts/test-results -mindepth 1 -maxdepth 1 -mmin +1440 -exec rm -rf {} + 2>/dev/null || true
status=0
start_child ./eng/suites.sh "$results" ${pack[@]+"${pack[@]}"}
wait_for_child 30 || status=$?

ls "$results"/*.trx >/dev/null 2>&1 || stop "The tests failed: they wrote no report; what stopped them stands above."
lines() { cat "$results"/*.trx | { grep -o "<UnitTestResult [^>]*outcome=\"$1\"" || true; }; }
count() { echo $(($(lines "$1" | wc -l))); } # some wc pad with blanks
names() { lines "$1" | sed 's/.*testName="\([^"]*\)".*/\1/' | sort -u; }
# Why each test was skipped: the text of its entry.
reasons() {
  cat "$results"/*.trx | awk 'BEGIN { RS = "<" }
    /^UnitTestResult / { skipped = /outcome="NotExecuted"/ }
    skipped && /^StdOut>/ { sub(/^[^>]*>/, ""); gsub(/[\r\n]+/, " "); if (length > 1) { print; skipped = 0 } }' | plain
}
plain() { sed "s/&gt;/>/g; s/&lt;/</g; s/&quot;/\"/g; s/&apos;/'/g; s/&#x27;/'/g; s/&amp;/\&/g"; }
passed=$(count Passed); failed=$(count Failed); skipped=$(count NotExecuted)

if (( failed )); then say; say "Failed:"; names Failed >&2; fi
if (( skipped )); then
  say; say "Skipped, each group with how many, what they lack and what would bring that:"
  reasons | sort | uniq -c | sort -rn >&2
fi
pictures=$(find artifacts/pages -name '*.png' -newer artifacts/build.log 2>/dev/null | sort) || true
if [[ -n $pictures ]]; then say; say "Pictures of the pages, as a browser shows them:"; say "$pictures"; fi
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
