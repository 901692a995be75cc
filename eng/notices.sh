#!/usr/bin/env bash
# Writes what goes with the function into an image: OUT/sbom.cdx.json, its packages as CycloneDX, and OUT/THIRD-PARTY-NOTICES.txt, their
# licences; and OUT/amazon-lambda, where Amazon's packages came from. To be called after eng/publish.sh, whose packages they are.
# usage: eng/notices.sh OUT [--jit]    AmazonLambda as for eng/publish.sh; REVISION is the commit, as the bill's version
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
case "$#:${1:-}:${2:-}" in
  *:--help:* | *:-h:*) help_of "$0"; exit 0 ;;
  1:[!-]*: | 2:[!-]*:--jit) ;;
  *) help_of "$0" >&2; exit 2 ;;
esac
at_end
need_dotnet notices.sh
mkdir -p "$1" "$root/artifacts" 2>/dev/null && [[ -w $1 && -w $root/artifacts ]] || stop "notices.sh cannot write to $1 or $root/artifacts."
out=$(cd "$1" && pwd) log=$root/artifacts/notices.log
kind=aot; [[ ${2:-} != --jit ]] || kind=jit
amazon=${AmazonLambda:-$("$root/eng/probe-amazon.sh")}
[[ -f $root/src/IdfKit.Lambda/obj/$amazon-$kind/project.assets.json ]] \
  || stop "notices.sh lists the packages of a publish, and there is none ($kind, $amazon packages): call eng/publish.sh first."

failed() { stop "The bill of materials was not written: $({ grep -m 1 -iE 'error|unable|denied|could not' "$log" || tail -n 1 "$log"; } | sentence_of)"; }
cd "$root"
patiently "Fetching the CycloneDX tool" "$log" dotnet tool restore || failed
# Which obj folder is read follows from these, as it does for every build (eng/AmazonLambda.props).
export AmazonLambda=$amazon Publishing=$kind
patiently "Listing the packages" "$log" dotnet tool run dotnet-CycloneDX -- src/IdfKit.Lambda/IdfKit.Lambda.csproj --disable-package-restore \
  --output-format Json --spec-version 1.6 --set-name idfkit --set-version "${REVISION:-unknown}" --output "$out" --filename sbom.cdx.json || failed
unset Publishing
patiently "Building what writes the licences" "$log" dotnet build eng/notices -c Release -o artifacts/notices -p:RunAnalyzers=false --nologo || failed
packages=$(dotnet nuget locals global-packages --list --force-english-output | sed 's/^[^:]*: *//')
dotnet artifacts/notices/notices.dll "$out/sbom.cdx.json" "$packages" eng/licences "$out/THIRD-PARTY-NOTICES.txt" >"$log" \
  || stop "The licences were not written: $(sentence_of <"$log")"
printf '%s\n' "$amazon" >"$out/amazon-lambda"
say "Wrote $out/sbom.cdx.json and $out/THIRD-PARTY-NOTICES.txt."
