using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace IdfKit.Runs.Markup;

/// <summary>
/// A script or a style that is part of a program, as its source lies in the project: nothing else can be one, so that a page runs nothing
/// of others.
/// </summary>
internal sealed class PageCode
{
    private PageCode(string text) => Text = text;

    /// <summary>The source, its lines ended by a line feed alone, as browsers read it before they hash it.</summary>
    public string Text { get; }

    /// <summary>What a <c>Content-Security-Policy</c> names it by.</summary>
    public string Source => field ??= $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))}'";

    /// <summary>A style, of files within an assembly.</summary>
    public static PageCode Style(Assembly assembly, params IEnumerable<string> names) => new(Read(assembly, names));

    /// <summary>A script of files within an assembly, which share one scope that nothing else sees.</summary>
    public static PageCode Script(Assembly assembly, params IEnumerable<string> names) =>
        new("(() => {\n\"use strict\";\n" + Read(assembly, names) + "})();\n");

    private static string Read(Assembly assembly, IEnumerable<string> names)
    {
        var text = new StringBuilder();
        foreach (var name in names)
        {
            using var source = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            text.Append(source.ReadToEnd().ReplaceLineEndings("\n"));
        }
        return text.ToString();
    }
}
