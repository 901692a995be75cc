#!/usr/bin/env bash
# Adds an official EnergyPlus to eng/energyplus-archives.txt, so that the image can be built with it. The archive is fetched, its sum compared with
# the published one, and what the image takes of it installed and tried here: its libraries load, and it says the version. Needs a network, and a
# machine of the kind that the archive is for. Nothing is changed unless all of that went well.
# usage: eng/add-energyplus.sh VERSION URL [SUM]
#   VERSION  such as 24.2.0
#   URL      the archive, a .tar.gz for this kind of machine
#   SUM      its published SHA-256: the 64 digits, or the URL of a page that has them. Left out, it is what GitHub says of the files of its releases;
#            elsewhere what stands at URL.sha256
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

case ${1:-} in
  --help | -h) help_of "$0"; exit 0 ;;
  -*) say "add-energyplus.sh does not know '$1'; try --help."; exit 2 ;;
esac
[[ $# == 2 || $# == 3 ]] || { say "add-energyplus.sh takes a version, a URL and perhaps its sum; try --help."; exit 2; }
version=$1 url=$2 published=${3:-}
archives=${IDFKIT_ENERGYPLUS_ARCHIVES:-$root/eng/energyplus-archives.txt}
machine=$(uname -m)
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || { say "'$version' is no version of EnergyPlus; it has three numbers, such as 24.2.0."; exit 2; }
[[ $url =~ ^https?://[^[:space:]]+$ ]] || { say "'$url' is no URL of an archive; it begins with https:// and has no blank."; exit 2; }
[[ $(uname -s) == Linux ]] || stop "The image is for Linux, and so is this script, which tries what it installs."
[[ -f $archives && -w $archives ]] || stop "$archives cannot be written."

there=$(awk -v v="$version" -v m="$machine" '!/^#/ && $1 == v && $2 == m { print $4; exit }' "$archives")
[[ $there != "$url" ]] || { say "EnergyPlus $version for $machine stands in $archives already."; exit 0; }
[[ -z $there ]] || stop "EnergyPlus $version for $machine stands in $archives already, from $there; remove that line first."

# Where the sum is published, when it was not given.
case $published in
  "")
    if [[ $url =~ ^https://github\.com/([^/]+/[^/]+)/releases/download/([^/]+)/ ]]; then
      published=https://api.github.com/repos/${BASH_REMATCH[1]}/releases/tags/${BASH_REMATCH[2]}
    else published=$url.sha256; fi ;;
  http://* | https://*) ;;
  *)
    published=$(tr 'A-F' 'a-f' <<<"${published#sha256:}")
    [[ $published =~ ^[0-9a-f]{64}$ ]] || { say "'$3' is no SHA-256; give its 64 hexadecimal digits, or the URL of a page that has them."; exit 2; } ;;
esac

staging=
remove_staging() { [[ -z $staging ]] || rm -rf "$staging"; }
at_end remove_staging
need_dotnet add-energyplus.sh
build_fetch || stop "EnergyPlus cannot be fetched: ${fault%.}."
lock "$root/artifacts/add-energyplus.lock" "Adding an EnergyPlus"
staging=$(mktemp -d) || stop "There is no room for temporary files."

fetch() { # URL SUM FILE
  start_child dotnet "$root/artifacts/fetch/fetch.dll" "$@" >"$staging/why"
  wait_for_child || stop "$1 could not be fetched: $(sentence_of <"$staging/why")."
}

say "Fetching EnergyPlus $version …"
if [[ $published == http* ]]; then
  fetch "$published" - "$staging/page"
  fetch "$url" - "$staging/archive"
  sum=$(sha256sum "$staging/archive" | cut -d ' ' -f 1)
  grep -qiE "(^|[^0-9a-f])$sum([^0-9a-f]|\$)" "$staging/page" \
    || stop "What $url sent has the sum $sum, which does not stand at $published; it is not the archive that was published, or its sum is published elsewhere."
else
  sum=$published
  fetch "$url" "$sum" "$staging/archive"
fi

say "Trying it …"
start_child env IDFKIT_INSTALL_WHERE="this machine" sh "$root/src/IdfKit.Lambda/install-energyplus.sh" "$version" "$staging/energyplus" "$staging/archive" "$sum" >"$staging/log" 2>&1
wait_for_child 5 || stop "EnergyPlus $version was not added: $(grep -a '^install-energyplus: ' "$staging/log" | tail -n 1 | sed "s/^install-energyplus: //; s#$staging/archive#$url#g" | sentence_of)"

# Whole or not at all: a copy with the line takes its place.
cp "$archives" "$archives.new" && printf '%s\n' "$version $machine $sum $url" >>"$archives.new" && mv "$archives.new" "$archives" \
  || { rm -f "$archives.new"; stop "$archives cannot be written."; }
say "Added EnergyPlus $version for $machine; in the image it takes $(du -sm --apparent-size "$staging/energyplus" | cut -f 1) MB. Build with --build-arg ENERGYPLUS_VERSIONS=\"… $version\"."
