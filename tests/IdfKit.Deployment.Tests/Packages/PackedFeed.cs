using System.IO.Compression;
using System.Xml.Linq;
using TestBed;

namespace IdfKit.Deployment.Tests.Packages;

/// <summary>What <c>eng/pack.sh</c> has made: <c>IDFKIT_TEST_PACKAGES</c> names the folder, and without it tests are skipped.</summary>
internal static class PackedFeed
{
    public static string Folder
    {
        get
        {
            var named = Environment.GetEnvironmentVariable("IDFKIT_TEST_PACKAGES");
            Needs.That(Directory.Exists(named), Needs.Packages);
            return Path.GetFullPath(named);
        }
    }

    /// <summary>That of the newest package of the tool.</summary>
    public static string Version => Path.GetFileNameWithoutExtension(Directory.GetFiles(Folder, "idfkit.?.?*.nupkg")
        .Where(path => char.IsAsciiDigit(Path.GetFileName(path)["idfkit.".Length]))
        .MaxBy(File.GetLastWriteTimeUtc)!)["idfkit.".Length..];

    /// <summary>All packages of that version, those of symbols left out.</summary>
    public static IReadOnlyList<string> Packages => [.. Directory.GetFiles(Folder, $"*.{Version}.nupkg").Order(StringComparer.Ordinal)];

    public static string PathOf(string id) => Path.Combine(Folder, $"{id}.{Version}.nupkg");

    public static string Archive(string system) => Path.Combine(Folder, $"idfkit-{Version}-{system}.tar.gz");

    public static IReadOnlyList<string> FilesOf(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal)];
    }

    /// <summary>An XML file of a package, without its namespaces.</summary>
    public static XElement XmlOf(string package, string ending)
    {
        using var archive = ZipFile.OpenRead(package);
        using var stream = archive.Entries.Single(entry => entry.FullName.EndsWith(ending, StringComparison.Ordinal)).Open();
        var root = XDocument.Load(stream).Root!;
        foreach (var element in root.DescendantsAndSelf()) element.Name = element.Name.LocalName;
        return root;
    }
}
