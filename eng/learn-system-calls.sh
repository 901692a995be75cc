#!/bin/bash
# Runs models through EnergyPlus under strace, and says which system calls it and its helpers make that
# src/IdfKit.Engine.Host/SystemCalls.cs does not grant: ./eng/learn-system-calls.sh MODEL.idf… (default: all shared models)
# Design days only, with the first weather file of ../shared/weather. Left out are the calls of the shell that EnergyPlus
# starts its helpers with, and its own symlink for ExpandObjects (-x): confined, it starts none.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v strace >/dev/null || { echo "strace is missing: apt-get install strace" >&2; exit 1; }
energyplus=$(./eng/energyplus.sh)/energyplus
shared=${IDFKIT_SHARED:-../shared}
weather=$(realpath "$(ls "$shared"/weather/*.epw | head -1)")
models=("$@"); [ ${#models[@]} -gt 0 ] || models=("$shared"/models/*.idf)
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT

for model in "${models[@]}"; do
  run=$work/$(basename "$model" .idf); mkdir "$run"; cp "$model" "$run/in.idf"
  (cd "$run" && strace -f -qq -o calls "$energyplus" -D -x -r -w "$weather" -d "$run" in.idf >/dev/null 2>&1) || echo "$model did not end well" >&2
  # A process is a shell from the moment it becomes /bin/sh, or forks, until it becomes a helper.
  awk '
    $2 ~ /^(vfork|fork|clone|clone3)\(/ { next }
    $2 ~ /^execve\(/ { shell[$1] = ($0 ~ /\/bin\/sh"/); next }
    $2 == "<..." { name = $3 } $2 != "<..." { split($2, part, "("); name = part[1] }
    name ~ /^[a-z_0-9]+$/ && name != "symlink" && !shell[$1] { print name }' "$run/calls"
done | sort | uniq -c | sort -rn > "$work/made"

granted=$(sed -n '/string Granted/,/""";/p; /string Judged/,/""";/p; /string Absent/,/""";/p' src/IdfKit.Engine.Host/SystemCalls.cs \
  | grep -oE '[a-z_0-9]+ ([0-9]+|-) ([0-9]+|-)' | cut -d' ' -f1)
missing=0
while read -r count name; do
  if grep -qx "$name" <<< "$granted"; then printf '%8d  %s\n' "$count" "$name"
  else printf '%8d  %s  IS NOT GRANTED\n' "$count" "$name"; missing=1; fi
done < "$work/made"
exit $missing
