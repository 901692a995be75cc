#!/usr/bin/env bash
# Measures what allocators, huge pages, the settings of glibc's malloc, a folder in memory and a cold page cache do to EnergyPlus's
# own time: four annual models, interleaved. Prints a table; what is not installed is left out.
# usage: bench/engine/run.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
rounds=${1:-5}
ENERGYPLUS_DIR=$(./eng/energyplus.sh); export ENERGYPLUS_DIR
shared=${IDFKIT_SHARED:-../shared}
chicago=$(ls "$shared"/weather/*Chicago*.epw) golden=$(ls examples/*.epw)
models=(
  "examples/one-zone.idf=$golden"
  "$shared/models/RefBldgWarehouseNew2004_Chicago.idf=$chicago"
  "$shared/models/RefBldgSmallOfficeNew2004_Chicago.idf=$chicago"
  "$shared/models/ASHRAE901_OfficeSmall_STD2019_Denver.idf=$golden")

library() { ls /usr/lib/*/"$1" 2>/dev/null | head -1; }
declare -A preload=(
  [jemalloc]=$(library libjemalloc.so.2) [mimalloc]=$(library libmimalloc.so.2) [tcmalloc]=$(library libtcmalloc_minimal.so.4))
variants=(plain)
for name in jemalloc mimalloc tcmalloc; do [[ -n ${preload[$name]} ]] && variants+=("$name"); done
variants+=(arena_max=1 no_trim tcache_max hugetlb=1 /dev/shm)
[[ -w /proc/sys/vm/drop_caches ]] && variants+=(cold)

# What is set for a variant, as arguments of env.
settings() {
  case $1 in
    jemalloc | mimalloc | tcmalloc) echo "LD_PRELOAD=${preload[$1]}" ;;
    arena_max=1) echo MALLOC_ARENA_MAX=1 ;;
    no_trim) echo MALLOC_TRIM_THRESHOLD_=2000000000 MALLOC_TOP_PAD_=67108864 MALLOC_MMAP_THRESHOLD_=1073741824 ;;
    tcache_max) echo GLIBC_TUNABLES=glibc.malloc.tcache_max=65536:glibc.malloc.tcache_count=1000 ;;
    hugetlb=1) echo GLIBC_TUNABLES=glibc.malloc.hugetlb=1 ;;
  esac
}

work=$(mktemp -d) memory=$(mktemp -d -p /dev/shm)
trap 'rm -rf "$work" "$memory"' EXIT
TIMEFORMAT='%R %U %S'
for model in "${models[@]}"; do
  for ((round = 0; round <= rounds; round++)); do # the first warms up
    for variant in "${variants[@]}"; do
      folder=$work/out; [[ $variant == /dev/shm ]] && folder=$memory/out
      mkdir -p "$folder"
      if [[ $variant == cold ]]; then sync; echo 3 > /proc/sys/vm/drop_caches; fi
      { time env $(settings "$variant") "$ENERGYPLUS_DIR/energyplus" -a -w "${model#*=}" -d "$folder" "${model%%=*}" \
          > /dev/null 2> "$work/said"; } 2> "$work/time"
      ((round == 0)) || echo "$(basename "${model%%=*}" .idf) $variant $(tail -1 "$work/time")" >> "$work/times"
      rm -rf "$folder"
    done
    echo "$(basename "${model%%=*}" .idf): round $round of $rounds" >&2
  done
done

echo "Medians of $rounds interleaved rounds, each beside the plain program's, in percent: processor time (user and system) / wall clock."
echo
awk -v order="${variants[*]}" '
  function median(list,  n, parts, i, j, t) {
    n = split(list, parts, " ")
    for (i = 2; i <= n; i++)
      for (j = i; j > 1 && parts[j] + 0 < parts[j - 1] + 0; j--) { t = parts[j]; parts[j] = parts[j - 1]; parts[j - 1] = t }
    return n % 2 ? parts[(n + 1) / 2] + 0 : (parts[n / 2] + parts[n / 2 + 1]) / 2
  }
  !($1 in seen) { seen[$1]; models[++count] = $1 }
  { cpu[$1, $2] = cpu[$1, $2] " " $4 + $5; wall[$1, $2] = wall[$1, $2] " " $3; system_[$1, $2] = system_[$1, $2] " " $5 }
  END {
    n = split(order, names, " ")
    printf "| |"; for (m = 1; m <= count; m++) printf " %s |", models[m]; print ""
    printf "|---|"; for (m = 1; m <= count; m++) printf "---|"; print ""
    for (v = 1; v <= n; v++) {
      printf "| %s |", names[v]
      for (m = 1; m <= count; m++) {
        c = median(cpu[models[m], names[v]]); w = median(wall[models[m], names[v]])
        if (v == 1) { c1[m] = c; w1[m] = w; printf " %.2f s (system %.2f) / %.2f s |", c, median(system_[models[m], names[v]]), w }
        else printf " %+.1f / %+.1f |", 100 * (c / c1[m] - 1), 100 * (w / w1[m] - 1)
      }
      print ""
    }
  }' "$work/times"
