#!/usr/bin/env bash
# Installs what eng/s3/rgw.sh needs: Ceph's RADOS Gateway, monitor and object store, and curl. About 70 MB; nothing when all is there.
# usage: eng/s3/install.sh    as root, on Debian or Ubuntu
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
case "${1:-}" in
  "") ;;
  --help | -h) help_of "$0"; exit 0 ;;
  *) help_of "$0" >&2; exit 2 ;;
esac
packages=(radosgw ceph-mon ceph-osd curl)

installed() {
  local tool
  for tool in radosgw radosgw-admin ceph ceph-mon ceph-osd monmaptool curl; do command -v "$tool" >/dev/null || return 1; done
}
installed && exit 0
may_install || stop "Ceph RGW is not installed; type: sudo apt-get install --no-install-recommends ${packages[*]}"

log=$(mktemp)
remove_log() { rm -f "$log"; }
at_end remove_log
patiently "Installing Ceph RGW" "$log" install_packages "${packages[@]}" || true # an update that fails in part may still be enough
installed || stop "Ceph RGW could not be installed, and apt-get says why: $(apt_reason "$log")"
