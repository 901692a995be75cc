using System.Text.RegularExpressions;
using TestBed;

namespace IdfKit.Deployment.Tests.Packages;

/// <summary>What lies in the packages, and what they ask for.</summary>
public sealed partial class PackageContentTests
{
    private static readonly string[] Libraries =
    [
        "IdfKit.Storage", "IdfKit.Storage.S3", "IdfKit.Storage.S3.Credentials", "IdfKit.Storage.DependencyInjection",
        "IdfKit.Storage.Contract", "IdfKit.Engine", "IdfKit.Runs", "IdfKit.Simulation", "IdfKit.Studies",
    ];

    public static TheoryData<string> LibraryPackages => [.. Libraries];

    [Fact] // NuGet takes no other package in its place, not even "any"
    public void Every_system_that_the_tool_lists_has_its_package_and_no_other_is_there()
    {
        var listed = PackedFeed.XmlOf(PackedFeed.PathOf("idfkit"), "DotnetToolSettings.xml").Descendants("RuntimeIdentifierPackage")
            .Select(package => package.Attribute("Id")!.Value).Order(StringComparer.Ordinal);
        string[] expected = ["idfkit.any", "idfkit.linux-arm64", "idfkit.linux-x64", "idfkit.osx-arm64", "idfkit.win-x64"];
        Assert.Equal(expected, listed);
        var there = PackedFeed.Packages.Select(path => Path.GetFileName(path)[..^$".{PackedFeed.Version}.nupkg".Length]);
        Assert.Equal(Libraries.Concat(expected).Append("idfkit").Order(StringComparer.Ordinal), there);
    }

    [Fact]
    public void No_package_holds_symbols_or_documentation_of_others_or_anything_of_the_machine_that_made_it()
    {
        foreach (var package in PackedFeed.Packages)
        {
            var own = Path.GetFileName(package)[..^$".{PackedFeed.Version}.nupkg".Length] + ".xml";
            string[] allowed = [own, "FaultProxy.xml", "DotnetToolSettings.xml", "[Content_Types].xml"];
            var stray = PackedFeed.FilesOf(package)
                .Where(file => file.EndsWith(".pdb", StringComparison.Ordinal) || file.EndsWith(".dbg", StringComparison.Ordinal)
                    || (file.EndsWith(".xml", StringComparison.Ordinal) && !allowed.Contains(Path.GetFileName(file))));
            Assert.Equal([], stray);
        }
    }

    [Theory, MemberData(nameof(LibraryPackages))]
    public void Library_has_a_readme_a_licence_documentation_and_symbols(string id)
    {
        var package = PackedFeed.PathOf(id);
        var files = PackedFeed.FilesOf(package);
        Assert.Contains("README.md", files);
        Assert.Contains($"lib/net10.0/{id}.xml", files);
        Assert.Contains($"lib/net10.0/{id}.pdb", PackedFeed.FilesOf(Path.ChangeExtension(package, ".snupkg")));
        var said = PackedFeed.XmlOf(package, ".nuspec").Element("metadata")!;
        Assert.Equal("MIT", said.Element("license")!.Value);
        Assert.Equal("README.md", said.Element("readme")!.Value);
        Assert.Matches(@"^\S.{20,}\.$", said.Element("description")!.Value);
        Assert.DoesNotContain("Package Description", said.Element("description")!.Value, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(LibraryPackages))]
    public void Library_asks_for_its_siblings_at_its_own_version_and_for_a_range_of_all_others(string id)
    {
        var dependencies = PackedFeed.XmlOf(PackedFeed.PathOf(id), ".nuspec").Descendants("dependency")
            .ToDictionary(dependency => dependency.Attribute("id")!.Value, dependency => dependency.Attribute("version")!.Value);
        foreach (var (name, version) in dependencies)
        {
            if (name.StartsWith("IdfKit.", StringComparison.Ordinal)) Assert.Equal($"[{PackedFeed.Version}]", version);
            else if (id == "IdfKit.Storage.Contract") Assert.Equal("4.0.2", version); // or later: who tests chooses their own xunit
            else Assert.Matches(Range(), version);
        }
        Assert.Equal(id == "IdfKit.Storage", dependencies.Count == 0);
    }

    [Fact] // a path that does not end in a slash makes a folder of that name
    public void Engine_brings_its_host_as_a_native_file()
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        Assert.Contains("runtimes/linux-x64/native/idfkit-engine", PackedFeed.FilesOf(PackedFeed.PathOf("IdfKit.Engine")));
        Assert.Contains("tools/any/linux-x64/idfkit-engine", PackedFeed.FilesOf(PackedFeed.PathOf("idfkit.linux-x64")));
    }

    [GeneratedRegex(@"^\[[0-9.]+, [0-9]+\.0\.0\)$|^\[[0-9.]+, [0-9]+\.0\)$")]
    private static partial Regex Range();
}
