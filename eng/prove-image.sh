#!/usr/bin/env bash
# Builds the image without a network, from a base that debootstrap makes, and runs the end-to-end tests on the function inside it,
# as Lambda runs it: another user, a read-only root, only /tmp writable. Needs root, Debian, buildah and debootstrap.
# usage: eng/prove-image.sh WORK [ENERGYPLUS_ARCHIVE SHA256]
#   WORK  an empty folder, or one of an earlier call, whose base is used again
# The archive is the one of eng/energyplus.sh --archive, or the one that is named.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
[[ $# == 1 || $# == 3 ]] || { help_of "$0" >&2; exit 2; }
[[ $(id -u) == 0 ]] || stop "prove-image.sh mounts file systems, so it must run as root."
for tool in buildah debootstrap unshare; do command -v "$tool" >/dev/null || stop "prove-image.sh needs $tool: apt-get install $tool."; done
mkdir -p "$1"; work=$(cd "$1" && pwd)
if [[ $# == 3 ]]; then archive=$(realpath "$2") sum=$3
else
  named=$("$root/eng/energyplus.sh" --archive) || exit 1
  archive=$(realpath "$(sed -n 1p <<<"$named")") sum=$(sed -n 2p <<<"$named")
fi
buildah=(buildah --root "$work/images" --runroot "$work/run" --storage-driver vfs)

if [[ ! -e $work/base/.complete ]]; then
  rm -rf "$work/base"
  debootstrap --variant=minbase --include=libssl3,ca-certificates,libx11-6,libstdc++6,libgomp1,zlib1g,curl,xz-utils bookworm "$work/base" >&2
  rm -rf "$work"/base/var/cache/apt/* "$work"/base/var/lib/apt/lists/*
  touch "$work/base/.complete"
fi
"${buildah[@]}" inspect --type image localhost/base >/dev/null 2>&1 \
  || printf 'FROM scratch\nCOPY . /\n' | "${buildah[@]}" bud --isolation chroot -f - -t localhost/base "$work/base" >&2

rm -rf "$work/prebuilt"; mkdir -p "$work/prebuilt/source"
"$root/eng/publish.sh" "$work/prebuilt/function"
cp "$root/LICENSE" "$work/prebuilt/source/"
"${buildah[@]}" bud --isolation chroot -v "$(dirname "$archive"):/archives:ro" --build-context "build=$work/prebuilt" \
  --build-arg FINAL_BASE=localhost/base --build-arg BUILD_BASE=localhost/base \
  --build-arg "ENERGYPLUS_URL=/archives/$(basename "$archive")" --build-arg "ENERGYPLUS_SHA256=$sum" \
  -f "$root/src/IdfKit.Lambda/Dockerfile" -t localhost/idfkit "$root" >&2

container=$("${buildah[@]}" from localhost/idfkit)
trap '"${buildah[@]}" rm "$container" >/dev/null' EXIT
image=$("${buildah[@]}" mount "$container")
say "The image is $(du -sm "$image" | cut -f 1) MB unpacked."
# Tests start this in the place of bootstrap. Every mount is its own and ends with it; every step becomes the next, so that a signal reaches the function.
cat >"$work/bootstrap-in-image" <<XEOF
#!/bin/bash
case \${ENERGYPLUS_DIR:-} in $root/* | "$HOME"/*) export ENERGYPLUS_DIR=/opt/energyplus ;; esac
case \${IDFKIT_WORK_DIR:-} in /tmp/*) export IDFKIT_WORK_DIR=/tmp ;; esac
exec unshare --mount bash -c 'mount --bind $image $image && mount -o remount,ro,bind $image && mount -t tmpfs -o mode=1777 tmpfs $image/tmp \\
  && mount -t proc proc $image/proc && mount --rbind /dev $image/dev && cd / && exec chroot --userspec=1654:1654 $image /var/task/bootstrap "\$@"' bootstrap "\$@"
XEOF
chmod +x "$work/bootstrap-in-image"
dotnet build "$root/tests/IdfKit.EndToEnd.Tests" --nologo -v quiet >&2
# Tests with a script in EnergyPlus's place skip: the image cannot reach it.
IDFKIT_TEST_IN_IMAGE=1 IDFKIT_TEST_BOOTSTRAP=$work/bootstrap-in-image dotnet test --project "$root/tests/IdfKit.EndToEnd.Tests" --no-build
