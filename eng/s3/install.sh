#!/usr/bin/env bash
# Installs what eng/s3/rgw.sh needs: Ceph's RADOS Gateway, monitor and object store, and curl. About 70 MB; nothing when all is there.
# usage: eng/s3/install.sh    as root, on Debian or Ubuntu
set -euo pipefail
packages=(radosgw ceph-mon ceph-osd curl)

case "${1:-}" in
  "") ;;
  *) sed -n '2,3s/^# //p' "$0"; [[ $1 == --help ]] && exit 0 || exit 2 ;;
esac

installed() { local tool; for tool in radosgw radosgw-admin ceph ceph-mon ceph-osd monmaptool curl; do command -v "$tool" >/dev/null || return 1; done; }
installed && exit 0

command -v apt-get >/dev/null || { echo "install.sh: Ceph RGW is not installed, and without apt-get it cannot be from here: install ${packages[*]} by hand." >&2; exit 1; }
(( $(id -u) == 0 )) || { echo "install.sh: Ceph RGW is not installed; type: sudo ${BASH_SOURCE[0]}" >&2; exit 1; }

log=$(mktemp)
if ! { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${packages[@]}" && installed; } >"$log" 2>&1; then
  echo "install.sh: apt-get could not install ${packages[*]}: $(grep -m1 '^E: ' "$log" || tail -n 1 "$log") (see $log)" >&2
  exit 1
fi
rm -f "$log"
