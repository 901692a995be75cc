#!/bin/sh
# Puts what a simulation needs of an official EnergyPlus archive into a folder, and tries it there. Used by the Dockerfile and by eng/add-energyplus.sh.
# usage: install-energyplus.sh VERSION FOLDER [URL SHA256]     URL and SHA256 default to the version's line in energyplus-archives.txt
#        install-energyplus.sh --slot N FOLDER VERSIONS [URL SHA256]
#                                                              the Nth of a list, into FOLDER/VERSION; nothing where the list is shorter.
#                                                              URL and SHA256 are of the first
# ENERGYPLUS_TRANSITIONS=true keeps the Transition programs too (about 100 MB); of a list, those of its newest version.
set -eu
stop() { echo "install-energyplus: $*" >&2; exit 1; }
slots=6 # as many as the Dockerfile has stages
where=${IDFKIT_INSTALL_WHERE:-the base image}

case ${ENERGYPLUS_TRANSITIONS:-} in
  true | 1 | yes) transitions=true ;;
  '' | false | 0 | no) transitions=false ;;
  *) stop "ENERGYPLUS_TRANSITIONS is '$ENERGYPLUS_TRANSITIONS'; it must be true or false." ;;
esac

# --- of a list
if [ "$1" = --slot ]; then
  slot=$2 parent=$3 url=${5:-} sha256=${6:-}
  versions=$(echo "$4" | tr ',' ' ')
  set -- $versions
  [ $# -gt 0 ] || stop "ENERGYPLUS_VERSIONS is empty; it must name the versions of EnergyPlus, such as '25.2.0 9.3.0'."
  [ $# -le "$slots" ] || stop "ENERGYPLUS_VERSIONS names $# versions, and the image has room for $slots: build another image for the others."
  [ "$(printf '%s\n' "$@" | sort -u | wc -l)" -eq $# ] || stop "ENERGYPLUS_VERSIONS is '$versions', with one version twice."
  mkdir -p "$parent"
  [ $# -ge "$slot" ] || exit 0
  newest=$(printf '%s\n' "$@" | sort -t . -k 1,1n -k 2,2n -k 3,3n | tail -n 1)
  shift $((slot - 1))
  [ "$slot" = 1 ] || url= sha256=
  [ "$1" = "$newest" ] || transitions=false
  ENERGYPLUS_TRANSITIONS=$transitions exec sh "$0" "$1" "$parent/$1" "$url" "$sha256"
fi

# --- of one version
version=$1 folder=$2 url=${3:-} sha256=${4:-}
machine=$(uname -m)
case $version in
  *[!0-9.]* | '' | .* | *. | *..*) stop "'$version' is no version of EnergyPlus such as 25.2.0." ;;
esac
if [ -z "$url" ]; then
  here=$(dirname "$0")
  for archives in "${IDFKIT_ENERGYPLUS_ARCHIVES:-}" "$here/energyplus-archives.txt" "$here/../../eng/energyplus-archives.txt"; do
    [ -z "$archives" ] || [ ! -f "$archives" ] || break
  done
  line=$(grep "^$version $machine " "$archives") \
    || stop "no checked archive of EnergyPlus $version for $machine is listed; give ENERGYPLUS_URL and ENERGYPLUS_SHA256, or add it with eng/add-energyplus.sh."
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

mkdir -p "$work/all" "$folder"
tar -xf "$work/archive" -C "$work/all" --strip-components=1 || stop "the archive $url cannot be unpacked."
# Archives before 9.4 are not all packed with one folder around the files, as those since are.
program=$(find "$work/all" -maxdepth 2 -type f -name energyplus | head -n 1)
if [ -n "$program" ]; then cd "$(dirname "$program")"; else cd "$work/all"; fi

keep() { # FILE…
  for part in "$@"; do
    [ -e "$part" ] || [ -L "$part" ] || continue
    mkdir -p "$folder/$(dirname "$part")"
    cp -a "$part" "$folder/$(dirname "$part")/"
  done
}
# Documentation, examples, weather, transitions, the embedded Python's library and the graphical tools stay behind.
keep energyplus energyplus-* lib*.so* Energy+.idd Energy+.schema.epJSON ExpandObjects \
  EPMacro ConvertInputFormat ConvertInputFormat-* DataSets PostProcess/ReadVarsESO PreProcess/GrndTempCalc PROVENANCE.json
if $transitions; then
  set -- PreProcess/IDFVersionUpdater/Transition-V*-to-V*
  [ -f "$1" ] || stop "the archive $url holds no Transition programs, which ENERGYPLUS_TRANSITIONS asks for."
  keep "$@" PreProcess/IDFVersionUpdater/V*-Energy+.idd PreProcess/IDFVersionUpdater/*.csv
fi
licences=$(find . -maxdepth 1 -iname '*licen[cs]e*')
[ -n "$licences" ] || stop "the archive $url holds no licence, which the image must carry."
find . -maxdepth 1 -iname '*licen[cs]e*' -exec cp -a {} "$folder/" \;
chmod -R a+rX,go-w "$folder"

for needed in energyplus Energy+.idd ExpandObjects; do
  [ -e "$folder/$needed" ] || stop "the archive $url holds no $needed; it is not an EnergyPlus for Linux."
done
find "$folder" -type f \( -perm -u+x -o -name '*.so*' \) | while read -r file; do
  [ "$(head -c 4 "$file" | tail -c 3)" = ELF ] || continue
  missing=$(LD_LIBRARY_PATH=$folder ldd "$file" 2>&1 | grep -E 'not found' || true)
  case $missing in
    *GLIBC*) stop "the glibc of $where ($(ldd --version | head -n 1 | awk '{ print $NF }')) is too old for EnergyPlus $version: $(echo "$missing" | head -n 1)." ;;
    ?*) stop "$(basename "$file") needs a library that $where does not have: $(echo "$missing" | head -n 1)." ;;
  esac
done
found=$("$folder/energyplus" --version) || stop "EnergyPlus $version does not start in $where."
case $found in
  *"$version"*) echo "$found" ;;
  *) stop "the archive $url holds '$found', not EnergyPlus $version." ;;
esac

# Its bill of materials, as CycloneDX.
cat >"$folder/sbom.cdx.json" <<BOM
{
  "bomFormat": "CycloneDX",
  "specVersion": "1.6",
  "version": 1,
  "metadata": {"component": {"type": "application", "name": "EnergyPlus", "version": "$version"}},
  "components": [
    {
      "type": "application", "bom-ref": "energyplus", "name": "EnergyPlus", "version": "$version", "description": "$found",
      "licenses": [{"license": {"name": "EnergyPlus licence, in the files beside this one"}}],
      "externalReferences": [
        {"type": "distribution", "url": "$url", "hashes": [{"alg": "SHA-256", "content": "$sha256"}]}
      ]
    }
  ]
}
BOM
