#!/usr/bin/env bash
# Pins the base images of the Dockerfile: asks their registry what the tags are now, and writes the digests behind them. Needs curl.
# usage: eng/pin-bases.sh            writes the new digests into src/IdfKit.Lambda/Dockerfile
#        eng/pin-bases.sh --check    only says whether the registry has what is pinned; exit code 1 when it has not
# environment:
#        IDFKIT_REGISTRY     in the place of the registries that are named, such as http://127.0.0.1:5000
#        IDFKIT_DOCKERFILE   in the place of src/IdfKit.Lambda/Dockerfile
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
check=false
case "$#:${1:-}" in
  0:) ;;
  1:--check) check=true ;;
  1:--help | 1:-h) help_of "$0"; exit 0 ;;
  *) help_of "$0" >&2; exit 2 ;;
esac
command -v curl >/dev/null || stop "pin-bases.sh needs curl: apt-get install curl."
dockerfile=${IDFKIT_DOCKERFILE:-$root/src/IdfKit.Lambda/Dockerfile}
work=$(mktemp -d)
at_end clear; clear() { rm -rf "$work"; }

# The digest is worked out from what comes, not believed.
digest_of() { # REGISTRY REPOSITORY TAG_OR_DIGEST
  curl -fsSL --retry 2 --max-time 60 -o "$work/manifest" \
    -H 'Accept: application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json' \
    "${IDFKIT_REGISTRY:-https://$1}/v2/$2/manifests/$3" 2>"$work/why" || return 1
  printf 'sha256:%s\n' "$(sha256sum "$work/manifest" | cut -d ' ' -f 1)"
}

cp "$dockerfile" "$work/Dockerfile"
status=0 bases=0
while read -r name image; do
  bases=$((bases + 1))
  registry=${image%%/*} repository=${image#*/} pinned=
  if [[ $repository == *@* ]]; then pinned=${repository#*@} repository=${repository%@*}; fi
  [[ $repository == *:* ]] || stop "$name is '$image', without a tag to ask for."
  tag=${repository##*:} repository=${repository%:*}
  now=$(digest_of "$registry" "$repository" "$tag") || stop "$registry does not tell what $repository:$tag is: $(sentence_of <"$work/why")"
  grep -q '"manifests"' "$work/manifest" || stop "$repository:$tag is of one architecture alone; name a tag that is a list of them."
  if $check; then
    if [[ -z $pinned ]]; then say "$name is not pinned; $repository:$tag is $now."; status=1
    elif [[ $(digest_of "$registry" "$repository" "$pinned" || true) != "$pinned" ]]; then say "$name: $registry does not have $pinned."; status=1
    elif [[ $now == "$pinned" ]]; then say "$name is what $repository:$tag is now."
    else say "$name is there; $repository:$tag is $now meanwhile."; fi
    continue
  fi
  sed -i "s#^ARG $name=.*#ARG $name=$registry/$repository:$tag@$now#" "$work/Dockerfile"
  if [[ $now == "$pinned" ]]; then say "$name stays at $now."; else say "$name is $now now."; fi
done < <(sed -n 's/^ARG \([A-Z]*_BASE\)=\(..*\)/\1 \2/p' "$dockerfile")
(( bases > 0 )) || stop "$dockerfile names no base as ARG …_BASE=."
$check || cp "$work/Dockerfile" "$dockerfile"
exit $status
