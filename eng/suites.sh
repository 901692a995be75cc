#!/usr/bin/env bash
# Runs the test programs as they were built, as many at once as there are processors, up to three. What takes longest begins first, so that
# nothing is alone at the end. A line says when one has ended; what it said follows where it failed.
# usage: eng/suites.sh REPORTS [--pack]    REPORTS: a folder, in which each leaves SUITE.trx and SUITE.log
#   --pack    packs beside the first of them, for those that need the packages or the tool as it is packed
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$root"
on_packages=(Cli Deployment Open)
longest=(Drops EndToEnd Storage.S3 Engine Runs Pages Simulation LocalCloud Storage.S3.Credentials Storage)

# Lines of what runs one after the other; the lines run side by side.
lines() { # [--pack]
  local suite
  if [[ ${1:-} == --pack ]]; then echo packages "${on_packages[@]}"; else printf '%s\n' "${on_packages[@]}"; fi
  printf '%s\n' "${longest[@]}"
  for suite in tests/IdfKit.*.Tests/*.Tests.csproj; do
    suite=${suite##*/IdfKit.} suite=${suite%.Tests.csproj}
    [[ " ${on_packages[*]} ${longest[*]} " == *" $suite "* ]] || echo "$suite"
  done
}
packages() {
  rm -rf artifacts/feed artifacts/tool
  run ./eng/pack.sh artifacts/feed || return
  export IDFKIT_TEST_PACKAGES=$PWD/artifacts/feed
  ls artifacts/feed/idfkit-*.tar.gz >/dev/null 2>&1 || return 0 # none for this system
  # Without its engine host: then doctor looks for one, and dev takes the function that was published.
  mkdir artifacts/tool && tar -xzf artifacts/feed/idfkit-*.tar.gz -C artifacts/tool --strip-components 1 --exclude="*/idfkit-engine" || return
  export IDFKIT_TEST_TOOL=$PWD/artifacts/tool/idfkit
}
suite() { # NAME
  local began=$SECONDS
  if "tests/IdfKit.$1.Tests/bin/Debug/net10.0/IdfKit.$1.Tests" -noLogo -noColor -result-trx "$reports/$1.trx" >"$reports/$1.log" 2>&1 \
    && { grep -q '<UnitTestResult ' "$reports/$1.trx" 2>/dev/null || { echo "It left no report of a test." >>"$reports/$1.log" && false; }; }; then
    say "$1 passed ($((SECONDS - began)) s)"
  else
    say "$1 FAILED ($((SECONDS - began)) s):" "$(cat "$reports/$1.log")"
    return 1
  fi
}

case ${1:-} in
  --help | -h) help_of "$0"; exit 0 ;;
  --in-turn) # REPORTS STEP…: one of the lines
    reports=$2 status=0
    shift 2
    at_end
    for step; do
      if [[ $step == packages ]]; then packages || exit 255; else suite "$step" || status=1; fi # after 255 xargs begins no other
    done
    exit $status ;;
esac
[[ -d ${1:-} ]] || { help_of "$0" >&2; exit 2; }
export DOTNET_ROOT=${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")} # where the programs look for .NET
at_once=$(nproc)
lines "${2:-}" | xargs -L 1 -P $((at_once < 3 ? at_once : 3)) "$root/eng/suites.sh" --in-turn "$1"
