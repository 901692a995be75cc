using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

// notices BOM PACKAGES LICENCES OUT
//   BOM       a bill of materials, CycloneDX in JSON
//   PACKAGES  the folder that NuGet unpacks packages into
//   LICENCES  texts of licences, by their SPDX names; packages.txt names those of packages that name an address only
//   OUT       the file to write
// Standard output tells why it could not be written.
if (args is not [var bomPath, var packages, var licences, var output])
{
    Console.WriteLine("usage: notices BOM PACKAGES LICENCES OUT");
    return 2;
}

// The compiler's packages are in no list of what the function needs, and yet it links .NET's runtime out of them.
static bool IsLinked(JsonNode component) =>
    component["scope"]?.GetValue<string>() != "excluded"
    || component["name"]!.GetValue<string>().EndsWith("DotNet.ILCompiler", StringComparison.Ordinal);

var components = JsonNode.Parse(File.ReadAllText(bomPath))!["components"]!.AsArray().Select(component => component!).Where(IsLinked);
var known = File.ReadLines(Path.Combine(licences, "packages.txt")).Select(line => line.Split(' '))
    .ToDictionary(words => words[0], words => words[1], StringComparer.Ordinal);
var text = new StringBuilder("What others have written and the function in this image holds.\n");
var (named, told) = (new SortedSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
foreach (var component in components)
{
    var (name, version) = (component["name"]!.GetValue<string>(), component["version"]!.GetValue<string>());
    var licence = component["licenses"]?[0]?["license"]?["id"]?.GetValue<string>()
        ?? component["licenses"]?[0]?["expression"]?.GetValue<string>()
        ?? known.GetValueOrDefault(name);
    if (licence is not null && File.Exists(Path.Combine(licences, licence + ".txt"))) named.Add(licence);
    else Console.Error.WriteLine($"The licence of {name} {version} is '{licence}'; {licences} has no text of it.");
    Add(text, name, version, licence, Path.Combine(packages, name.ToLowerInvariant(), version));
}
foreach (var licence in named)
    text.Append($"\n{new string('=', 100)}\n{licence}\n\n{File.ReadAllText(Path.Combine(licences, licence + ".txt")).Trim('\n')}\n");
File.WriteAllText(output, text.ToString());
return 0;

void Add(StringBuilder text, string name, string version, string? licence, string folder)
{
    text.Append($"\n{new string('-', 100)}\n{name} {version}\nLicence: {licence ?? "as its source says"}\n");
    var nuspec = XDocument.Load(Path.Combine(folder, name.ToLowerInvariant() + ".nuspec")).Root!;
    (string, string)[] facts = [("By", "authors"), ("Copyright", "copyright"), ("From", "projectUrl"), ("Terms", "licenseUrl")];
    foreach (var (label, element) in facts)
        if (nuspec.Descendants().FirstOrDefault(one => one.Name.LocalName == element) is { Value.Length: > 0 } said)
            text.Append($"{label}: {said.Value.Trim()}\n");
    var own = Directory.EnumerateFiles(folder).Where(IsLicence).Order(StringComparer.Ordinal);
    foreach (var file in own.Select(path => File.ReadAllText(path).ReplaceLineEndings("\n").Trim('\n')).Where(told.Add))
        text.Append($"\n{file}\n");
}

static bool IsLicence(string path) => Path.GetFileName(path).ToUpperInvariant() is var name
    && (name.StartsWith("LICENSE", StringComparison.Ordinal) || name.StartsWith("LICENCE", StringComparison.Ordinal)
        || name.StartsWith("THIRD-PARTY-NOTICES", StringComparison.Ordinal) || name.StartsWith("NOTICE", StringComparison.Ordinal));
