#!/usr/bin/env bash
# Installs what eng/s3/rgw.sh needs: Ceph's RADOS Gateway, monitor and object store, and curl. About 70 MB; nothing when all is there.
# usage: eng/s3/install.sh    as root, on Debian or Ubuntu
set -euo pipefail
packages=(radosgw ceph-mon ceph-osd curl)

usage() { sed -n '2,3s/^# //p' "${BASH_SOURCE[0]}"; }
case "${1:-}" in
  "") ;;
  --help | -h) usage; exit 0 ;;
  *) usage >&2; exit 2 ;;
esac

fail() { printf 'install.sh: %s\n' "$*" >&2; exit 1; }

installed() {
  local tool
  for tool in radosgw radosgw-admin ceph ceph-mon ceph-osd monmaptool curl; do command -v "$tool" >/dev/null || return 1; done
}
installed && exit 0

command -v apt-get >/dev/null || fail "Ceph RGW is not installed, and there is no apt-get; install ${packages[*]} by hand"
(($(id -u) == 0)) || fail "Ceph RGW is not installed; type: sudo ${BASH_SOURCE[0]}"

get() {
  apt-get update -q
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${packages[@]}"
}
log=$(mktemp)
get >"$log" 2>&1 || true # an update that fails in part may still be enough
installed || fail "apt-get could not install ${packages[*]}: $(grep -m1 '^E: ' "$log" || tail -n 1 "$log") (see $log)"
rm -f "$log"
