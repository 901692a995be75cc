#!/bin/sh
# Puts what a simulation needs of an official EnergyPlus archive into a folder, and tries it there. Used by the Dockerfile.
# usage: install-energyplus.sh VERSION FOLDER [URL SHA256]    URL and SHA256 default to the version's line in energyplus-archives.txt
set -eu
version=$1 folder=$2 url=${3:-} sha256=${4:-}
machine=$(uname -m)
stop() { echo "install-energyplus: $*" >&2; exit 1; }

if [ -z "$url" ]; then
  line=$(grep "^$version $machine " "$(dirname "$0")/energyplus-archives.txt") \
    || stop "no checked archive of EnergyPlus $version for $machine is listed; give ENERGYPLUS_URL and ENERGYPLUS_SHA256."
  sha256=$(echo "$line" | cut -d ' ' -f 3) url=$(echo "$line" | cut -d ' ' -f 4)
fi
echo "$sha256" | grep -Eq '^[0-9a-f]{64}$' || stop "ENERGYPLUS_SHA256 is '$sha256'; it must be the 64 hexadecimal digits of the sum of $url."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case $url in
  /*) cp "$url" "$work/archive" || stop "the archive $url cannot be read." ;;
  *) curl -fsSL --retry 3 -o "$work/archive" "$url" || stop "the archive $url cannot be fetched." ;;
esac
sum=$(sha256sum "$work/archive" | cut -d ' ' -f 1)
[ "$sum" = "$sha256" ] || stop "the archive $url has the sum $sum, not $sha256; it is not the one that was checked."

mkdir "$work/all" "$folder"
tar -xf "$work/archive" -C "$work/all" --strip-components=1 || stop "the archive $url cannot be unpacked."
cd "$work/all"
# Documentation, examples, weather, transitions, the embedded Python's library and the graphical tools stay behind.
for part in energyplus energyplus-* lib*.so* Energy+.idd Energy+.schema.epJSON ExpandObjects \
  EPMacro ConvertInputFormat ConvertInputFormat-* DataSets PostProcess/ReadVarsESO PreProcess/GrndTempCalc PROVENANCE.json; do
  [ -e "$part" ] || [ -L "$part" ] || continue
  mkdir -p "$folder/$(dirname "$part")"
  cp -a "$part" "$folder/$(dirname "$part")/"
done
licences=$(find . -maxdepth 1 -iname '*licen[cs]e*')
[ -n "$licences" ] || stop "the archive $url holds no licence, which the image must carry."
find . -maxdepth 1 -iname '*licen[cs]e*' -exec cp -a {} "$folder/" \;
chmod -R a+rX,go-w "$folder"

for needed in energyplus Energy+.idd ExpandObjects libenergyplusapi.so; do
  [ -e "$folder/$needed" ] || stop "the archive $url holds no $needed; it is not an EnergyPlus for Linux."
done
find "$folder" -type f \( -perm -u+x -o -name '*.so*' \) | while read -r file; do
  [ "$(head -c 4 "$file" | tail -c 3)" = ELF ] || continue
  missing=$(LD_LIBRARY_PATH=$folder ldd "$file" 2>&1 | grep -E 'not found' || true)
  case $missing in
    *GLIBC*) stop "the base image's glibc ($(ldd --version | head -n 1 | awk '{ print $NF }')) is too old for EnergyPlus $version: $(echo "$missing" | head -n 1)." ;;
    ?*) stop "$(basename "$file") needs a library that the base image does not have: $(echo "$missing" | head -n 1)." ;;
  esac
done
found=$("$folder/energyplus" --version) || stop "EnergyPlus $version does not start in the base image."
case $found in
  *"$version"*) echo "$found" ;;
  *) stop "the archive $url holds '$found', not EnergyPlus $version." ;;
esac
