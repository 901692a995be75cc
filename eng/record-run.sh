#!/usr/bin/env bash
# Records the genuine runs that examples/recorded replays where no EnergyPlus can be had: the demo's own, through the
# function itself, so that the staged copy of the model is the one that a replay will be asked for.
# usage: eng/record-run.sh ENERGYPLUS_DIR
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
[[ $# == 1 && -x $1/energyplus ]] || { help_of "$0" >&2; exit 2; }
real=$(cd "$1" && pwd)
cd "$root"
recorded=$PWD/examples/recorded
recorder=$(mktemp -d)
trap 'rm -rf "$recorder"' EXIT
cp "$real/Energy+.idd" "$recorder/" # tells the version
cat > "$recorder/energyplus" <<RECORD
#!/usr/bin/env bash
set -euo pipefail
if [[ \$1 == --version ]]; then exec "$real/energyplus" --version; fi
arguments=("\$@"); out=. weather=/dev/null
while (( \$# > 1 )); do case \$1 in -d) out=\$2; shift 2 ;; -w) weather=\$2; shift 2 ;; *) shift ;; esac; done
run=$recorded/\$(cat "\$1" "\$weather" | cksum | tr ' ' '-')
"$real/energyplus" "\${arguments[@]}" | tee "$recorder/stdout.txt"
rm -rf "\$run"; mkdir -p "\$run"
cp "\$out"/* "\$run/"; cp "$recorder/stdout.txt" "\$run/"
RECORD
chmod +x "$recorder/energyplus"
find "$recorded" -mindepth 1 -maxdepth 1 -type d -exec rm -rf {} +
# The recorder writes outside its run, which a confined run must not; a replay is not asked for the meters of the page.
IDFKIT_ALLOW_UNSAFE_OBJECTS=true IDFKIT_REPORT_METERS=false ENERGYPLUS_DIR=$recorder ./demo.sh >/dev/null
build=$(sed -n 's/^!IDD_BUILD *//p' "$real/Energy+.idd" | tr -d '\r' | head -1)
version=$(sed -n 's/^!IDD_Version *//p' "$real/Energy+.idd" | tr -d '\r' | head -1)
printf '{\n  "version": "%s",\n  "build": "%s"\n}\n' "$version" "$build" > "$recorded/idfkit-replay.json"
du -sh "$recorded"/* >&2
