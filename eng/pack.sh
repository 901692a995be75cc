#!/usr/bin/env bash
# Packs for NuGet into a folder, from which dotnet tool install and dotnet add package take it: the tool idfkit, with a package for each system,
# and the libraries with their symbols. Beside them lies an archive of the tool, which needs no .NET. What is for this machine's kind is compiled
# ahead of time, where there is a C linker; other packages of the tool need .NET where they run. What cannot be made here is said.
# usage: eng/pack.sh OUT [VERSION] [--archives]
#   VERSION     otherwise that of Directory.Build.props
#   --archives  archives for the other systems too: one program that holds .NET
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
out= version= archives=false
for argument in "$@"; do
  case $argument in
    --archives) archives=true ;;
    --help | -h) help_of "$0"; exit 0 ;;
    -*) say "pack.sh does not know $argument."; help_of "$0" >&2; exit 2 ;;
    *) if [[ -z $out ]]; then out=$argument; elif [[ -z $version ]]; then version=$argument; else help_of "$0" >&2; exit 2; fi ;;
  esac
done
[[ -n $out ]] || { help_of "$0" >&2; exit 2; }
[[ -z $version || $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] || { say "'$version' is no version; write 0.2.0, or 0.2.0-beta.1."; exit 2; }
at_end
need_dotnet pack.sh
mkdir -p "$out" "$root/artifacts" 2>/dev/null && [[ -w $out && -w $root/artifacts ]] || stop "pack.sh cannot write to $out or $root/artifacts."
out=$(cd "$out" && pwd) made=$root/artifacts/packages hosts=$root/artifacts/engine-hosts log=$root/artifacts/pack.log
lock "$root/artifacts/publish.lock" "Another build"
[[ -n $version ]] || version=$(dotnet msbuild "$root/src/IdfKit.Cli" -getProperty:Version)
systems=$(dotnet msbuild "$root/src/IdfKit.Cli" -getProperty:ToolPackageRuntimeIdentifiers -p:Packing=true)
rid=$(dotnet --info | awk '$1 == "RID:" && !seen++ { print $2 }')
compiled=
if [[ ";$systems;" == *";$rid;"* && $rid != win-* ]] && { command -v clang || command -v gcc; } >/dev/null; then compiled=$rid; fi
rm -rf "$made" "$hosts"; mkdir -p "$made" "$hosts"

# The tool speaks with our own Runtime API alone, so the stand-ins serve it; no feed is asked for Amazon's packages.
common=(-c Release -p:RunAnalyzers=false -p:NativeDebugSymbols=false -p:ContinuousIntegrationBuild=true --nologo -v minimal
  -p:AmazonLambda=standins "-p:Version=$version" "-p:EngineHosts=$hosts" "-p:PackageOutputPath=$made")
make() { # WHAT COMMAND…
  local what=$1
  shift
  patiently "$what" "$log" "$@" && return
  grep -E ': (error|warning) |error [A-Z]+[0-9]+:' "$log" | sort -u >&2 || cat "$log" >&2
  stop "$what failed; what stopped it stands above."
}
if [[ $compiled == linux-* ]]; then
  make "Compiling idfkit-engine" dotnet publish "$root/src/IdfKit.Engine.Host" "${common[@]}" -r "$rid" -p:Publishing=aot -o "$hosts/.made"
  mkdir "$hosts/$rid" && mv "$hosts/.made/idfkit-engine" "$hosts/$rid/" && rm -rf "$hosts/.made"
fi
make "Packing the libraries" dotnet pack "$root/eng/packages.slnf" "${common[@]}" -p:Publishing=pack
make "Packing the tool for ${systems//;/, }" dotnet pack "$root/src/IdfKit.Cli" "${common[@]}" -p:Packing=true -p:Publishing=pack

# Puts the tool of a system, as it was published into a folder, into an archive of one folder.
archive() { # SYSTEM FOLDER
  local name=idfkit-$version-$1 file
  rm -rf "$made/$name"; mkdir "$made/$name"
  for file in idfkit idfkit.exe idfkit-engine libe_sqlite3.so libe_sqlite3.dylib e_sqlite3.dll; do
    if [[ -f $2/$file ]]; then cp "$2/$file" "$made/$name/"; fi
  done
  cp "$root/LICENSE" "$root/src/IdfKit.Cli/README.md" "$made/$name/"
  if [[ $1 == win-* ]] && command -v zip >/dev/null; then (cd "$made" && zip -qrX "$name.zip" "$name")
  else tar -C "$made" -czf "$made/$name.tar.gz" "$name"; fi
  rm -rf "${made:?}/$name"
}
if [[ -n $compiled ]]; then # the package takes the place of the one that was packed just now
  tool=("$root/src/IdfKit.Cli" "${common[@]}" -p:Packing=true -p:Publishing=aot -r "$rid" "-p:RuntimeIdentifiers=$rid")
  make "Compiling the tool for $rid" dotnet pack "${tool[@]}"
  make "Publishing the tool for $rid" dotnet publish "${tool[@]}" -o "$made/.tool"
  archive "$rid" "$made/.tool"
  rm -rf "$made/.tool"
fi
for system in ${systems//;/ }; do
  if $archives && [[ $system != any && $system != "$compiled" ]]; then
    make "Publishing the tool with .NET for $system" dotnet publish "$root/src/IdfKit.Cli" "${common[@]}" -p:Publishing=whole -r "$system" \
      --self-contained -p:PublishSingleFile=true -p:EnableCompressionInSingleFile=true -p:DebugType=embedded -o "$made/.tool"
    archive "$system" "$made/.tool"
    rm -rf "$made/.tool"
  fi
  # NuGet takes no other package in the place of one that idfkit lists and the feed lacks.
  [[ -f $made/idfkit.$system.$version.nupkg ]] || stop "idfkit lists a package for $system, and none was made."
done
mv "$made"/* "$out/"

say "Packed version $version into $out:"
(cd "$out" && du -h --apparent-size -- *"$version"*.nupkg *"$version"*.tar.gz *"$version"*.zip 2>/dev/null | sort -k 2 >&2) || true
others=$(tr ';' '\n' <<<"$systems" | grep -vx -e any -e "${compiled:-none}" | paste -sd, - | sed 's/,/, /g')
say "Not made here: the tool compiled ahead of time for $others. Those packages need .NET where they run."
say "Not made here: idfkit-engine for any other system than $(ls "$hosts" | paste -sd, - | sed 's/^$/none/'); there EnergyPlus's plain program is started."
