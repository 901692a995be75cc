#!/usr/bin/env bash
# Builds the image as its Dockerfile says, on a base that debootstrap makes and with this machine's .NET SDK, and runs the end-to-end tests on
# the function inside it, as Lambda runs it: another user, a read-only root, only /tmp writable. Needs root, Debian, buildah and debootstrap.
# usage: eng/prove-image.sh WORK [--prebuilt] [ENERGYPLUS_ARCHIVE SHA256]
#   WORK        an empty folder, or one of an earlier call, whose base is used again
#   --prebuilt  puts a function that eng/publish.sh makes here in the place of the Dockerfile's build stage, which fetches packages
# The archive is the one of eng/energyplus.sh --archive, or the one that is named. What is not built as for Lambda is said at the end, and stands
# in the image's labels: Amazon's own packages where the feed lacks them, and the base images of the Dockerfile.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
prebuilt=false
given=()
for argument in "$@"; do
  case $argument in
    --prebuilt) prebuilt=true ;;
    --help | -h) help_of "$0"; exit 0 ;;
    *) given+=("$argument") ;;
  esac
done
[[ ${#given[@]} == 1 || ${#given[@]} == 3 ]] || { help_of "$0" >&2; exit 2; }
[[ $(id -u) == 0 ]] || stop "prove-image.sh mounts file systems, so it must run as root."
for tool in buildah debootstrap unshare; do command -v "$tool" >/dev/null || stop "prove-image.sh needs $tool: apt-get install $tool."; done
need_dotnet prove-image.sh
mkdir -p "${given[0]}" && work=$(cd "${given[0]}" && pwd)
if [[ ${#given[@]} == 3 ]]; then archive=$(realpath "${given[1]}") sum=${given[2]}
else
  named=$("$root/eng/energyplus.sh" --archive) || exit 1
  archive=$(realpath "$(sed -n 1p <<<"$named")") sum=$(sed -n 2p <<<"$named")
fi
# Where Amazon's packages come from is asked, never assumed, and is what the image's label says.
amazon=${AmazonLambda:-$("$root/eng/probe-amazon.sh")}
revision=$(git -C "$root" rev-parse HEAD 2>/dev/null || echo unknown)
buildah=(buildah --root "$work/images" --runroot "$work/run" --storage-driver vfs)
has_image() { "${buildah[@]}" inspect --type image "$1" >/dev/null 2>&1; }

if [[ ! -e $work/base/.complete ]]; then
  rm -rf "$work/base"
  debootstrap --variant=minbase --include=libssl3,ca-certificates,libx11-6,libstdc++6,libgomp1,zlib1g,curl,xz-utils bookworm "$work/base" >&2
  rm -rf "$work"/base/var/cache/apt/* "$work"/base/var/lib/apt/lists/*
  touch "$work/base/.complete"
fi
has_image localhost/base || printf 'FROM scratch\nCOPY . /\n' | "${buildah[@]}" bud --isolation chroot -f - -t localhost/base "$work/base" >&2

build=(bud --isolation chroot -v "$(dirname "$archive"):/archives:ro" --build-arg FINAL_BASE=localhost/base
  --build-arg "AmazonLambda=$amazon" --build-arg "REVISION=$revision"
  --build-arg "ENERGYPLUS_URL=/archives/$(basename "$archive")" --build-arg "ENERGYPLUS_SHA256=$sum"
  -f "$root/src/IdfKit.Lambda/Dockerfile" -t localhost/idfkit)
if $prebuilt; then
  rm -rf "$work/prebuilt"; mkdir -p "$work/prebuilt/source"
  AmazonLambda=$amazon "$root/eng/publish.sh" "$work/prebuilt/function"
  AmazonLambda=$amazon REVISION=$revision "$root/eng/notices.sh" "$work/prebuilt/notices"
  cp "$root/LICENSE" "$work/prebuilt/source/"
  build+=(--build-context "build=$work/prebuilt" --build-arg BUILD_BASE=localhost/base)
else
  if ! has_image localhost/build-base; then
    sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
    printf 'FROM localhost/base\nCOPY . /usr/share/dotnet/\nRUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet\n' \
      | "${buildah[@]}" bud --isolation chroot -f - -t localhost/build-base "$sdk" >&2
  fi
  build+=(--build-arg BUILD_BASE=localhost/build-base)
  # The feeds and the certificates that this machine trusts, for the time of the build.
  for shared in /etc/ssl/certs /usr/share/ca-certificates /usr/local/share/ca-certificates; do
    [[ ! -d $shared ]] || build+=(-v "$shared:$shared:ro")
  done
  [[ ! -d $HOME/.nuget/NuGet ]] || build+=(-v "$HOME/.nuget/NuGet:/root/.nuget/NuGet:ro")
fi
"${buildah[@]}" "${build[@]}" "$root" >&2

container=$("${buildah[@]}" from localhost/idfkit)
trap '"${buildah[@]}" rm "$container" >/dev/null' EXIT
image=$("${buildah[@]}" mount "$container")
say "The image is $(du -sm "$image" | cut -f 1) MB unpacked."
for file in sbom.cdx.json THIRD-PARTY-NOTICES.txt LICENSE; do
  [[ -s $image/var/task/$file ]] || stop "The image lacks /var/task/$file."
done
label=$("${buildah[@]}" inspect --type image --format '{{index .OCIv1.Config.Labels "dev.idfkit.amazon-lambda"}}' localhost/idfkit)
[[ $label == "$amazon" ]] || stop "The image says that it has the $label Amazon packages, and it has the $amazon."
say "Built here: the image, revision $revision, $($prebuilt && echo "with a function that was published outside it" || echo "by every stage of its Dockerfile")."
say "Not built here: the bases that the Dockerfile pins; in their place are Debian bookworm and this machine's .NET SDK."
[[ $amazon == published ]] || say "Not built here: Amazon's packages, which the feed lacks. The image has stand-ins, is labelled so, and is not for Lambda."
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
