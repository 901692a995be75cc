#!/usr/bin/env bash
# Makes all that a release hands out, into a folder: the packages and archives of eng/pack.sh, bills of materials (CycloneDX), the image where
# buildah is, and SHA256SUMS. The packages and this machine's archive are tried by the tests before that. Nothing is pushed anywhere.
# usage: eng/release.sh VERSION [OUT] [--rehearse]
#   OUT         otherwise artifacts/release-VERSION; must be empty or absent
#   --rehearse  goes on where a release would stop: changes that are not committed, a missing tag vVERSION, a CHANGELOG without the version
# Exit codes: 0 all is there and was tried; 1 something failed, and OUT has no SHA256SUMS; 2 wrong usage.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
version= out= rehearse=false
for argument in "$@"; do
  case $argument in
    --rehearse) rehearse=true ;;
    --help | -h) help_of "$0"; exit 0 ;;
    -*) say "release.sh does not know $argument."; help_of "$0" >&2; exit 2 ;;
    *) if [[ -z $version ]]; then version=$argument; elif [[ -z $out ]]; then out=$argument; else help_of "$0" >&2; exit 2; fi ;;
  esac
done
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] || { say "'$version' is no version; write 0.2.0, or 0.2.0-beta.1."; exit 2; }
at_end true "The release was interrupted; what it had begun is no release."
need_dotnet release.sh
out=${out:-$root/artifacts/release-$version} log=$root/artifacts/release.log
mkdir -p "$out" "$root/artifacts" 2>/dev/null && [[ -w $out ]] || stop "release.sh cannot write to $out."
[[ -z $(ls -A "$out") ]] || stop "$out is not empty: give another folder, or empty it."
out=$(cd "$out" && pwd)
cd "$root"

# --- what is released
lacks() { if $rehearse; then say "A release would stop here: $*"; else stop "$*"; fi; }
commit=$(git rev-parse --short HEAD 2>/dev/null) || stop "A release is made from a commit, and $root is no clone."
[[ -z $(git status --porcelain) ]] || lacks "There are changes that are not committed; git status shows them."
tagged=$(git rev-parse -q --verify "v$version^{commit}" 2>/dev/null) || tagged=
where='on another commit than this one'
[[ -n $tagged ]] || where="not there: git tag v$version"
[[ $tagged == "$(git rev-parse HEAD)" ]] || lacks "The tag v$version is $where."
grep -q "^## $version\b" CHANGELOG.md || lacks "CHANGELOG.md has no heading '## $version'."

# --- packages, archives, bills
said=$root/artifacts/pack-said.log
run ./eng/pack.sh "$out" "$version" --archives 2> >(tee "$said" >&2) || stop "The release failed: the packages were not made."
step() { # WHAT COMMAND…
  local what=$1
  shift
  patiently "$what" "$log" "$@" || { tail -n 20 "$log" >&2; stop "The release failed: $what."; }
}
step "Fetching the CycloneDX tool" dotnet tool restore
bill() { # PROJECT NAME; for the packages that eng/pack.sh has restored
  step "Listing the packages in $2" env AmazonLambda=standins Publishing=pack dotnet tool run dotnet-CycloneDX -- "$1" \
    --disable-package-restore --exclude-dev --output-format Json --spec-version 1.6 --set-name "$2" --set-version "$version" --output "$out" --filename "$2.cdx.json"
}
bill src/IdfKit.Cli/IdfKit.Cli.csproj "idfkit-$version"
for package in "$out"/IdfKit.*."$version".nupkg; do
  name=$(basename "$package" ".$version.nupkg") project=
  for project in src/"$name"/"$name".csproj tests/"$name"/"$name".csproj; do [[ ! -f $project ]] || break; done
  bill "$project" "$name-$version"
done
image="not made here: no buildah"
if command -v buildah >/dev/null; then
  step "Building the image" buildah bud --build-arg "REVISION=$(git rev-parse HEAD)" -f src/IdfKit.Lambda/Dockerfile -t "idfkit:$version" .
  step "Writing the image" buildah push "idfkit:$version" "docker-archive:$out/idfkit-$version-image.tar:idfkit:$version"
  image=idfkit-$version-image.tar
fi

# --- tried, as a user has them
step "Building what tries the packages" dotnet build tests/IdfKit.Deployment.Tests --nologo -v quiet
ENERGYPLUS_DIR=$(run ./eng/energyplus.sh) || stop "The release failed: without EnergyPlus its packages cannot be tried."
export ENERGYPLUS_DIR
step "Installing and running what was packed" env "IDFKIT_TEST_PACKAGES=$out" \
  tests/IdfKit.Deployment.Tests/bin/Debug/net10.0/IdfKit.Deployment.Tests -noLogo -noColor -namespace IdfKit.Deployment.Tests.Packages
tried=$(grep -o 'Total: .*' "$log" | tail -n 1)
! grep -q 'Total: 0\b' "$log" || stop "The release failed: no test tried the packages."

# --- sums and summary
sums() { if command -v sha256sum >/dev/null; then sha256sum -- "$@"; else shasum -a 256 -- "$@"; fi; }
(cd "$out" && sums * >.sums && mv .sums SHA256SUMS)
own=$(dotnet --info | awk '$1 == "RID:" && !seen++ { print $2 }')
others=$(sed -n 's/.*compiled ahead of time for \([^.]*\)\..*/\1/p' "$said" |
  awk -v "own=$own" -F ', ' '{ for (at = 1; at <= NF; at++) if ($at != own) printf "%s%s", (count++ ? ", " : ""), $at }')
not_made=$(sed -n 's/^Not made here: //p' "$said" | sed '2,$s/^/            /')
sizes() { (cd "$out" && du -h --apparent-size -- "$@" | awk '{ printf "%s%s %s", (NR > 1 ? " · " : ""), $2, $1 }'); }
cat <<SUMMARY

idfkit $version from $commit
packages    $(cd "$out"; sizes idfkit*."$version".nupkg)
            $(cd "$out"; sizes IdfKit.*."$version".nupkg), symbols beside them
archives    $(cd "$out"; sizes idfkit-"$version"-*.tar.gz idfkit-"$version"-*.zip 2>/dev/null)
image       $image
not made    ${not_made:-nothing that this machine could not make}
bills       $(ls "$out"/*.cdx.json | wc -l | tr -d ' ') files, CycloneDX; the .NET in compiled programs and archives is not in them
tried       $tried
not tried   what is for ${others:-no other system}: it does not start here
checksums   SHA256SUMS, $(wc -l <"$out/SHA256SUMS" | tr -d ' ') files
not done    pushing: dotnet nuget push '$out/*.nupkg' --source NAME
SUMMARY
