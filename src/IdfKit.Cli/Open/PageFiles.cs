using IdfKit.Runs.Markup;

namespace IdfKit.Cli.Open;

/// <summary>The page itself: readable files that are embedded in this program as they are.</summary>
internal static class PageFiles
{
    private const string Prefix = "open/";

    /// <summary>A file by its path, with its content type; null: there is none.</summary>
    public static (string Type, byte[] Content)? Find(string path)
    {
        var name = path == "/" ? "open.html" : path[1..];
        if (name == "style.css") return ("text/css; charset=utf-8", System.Text.Encoding.UTF8.GetBytes(PageStyle.Css));
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(Prefix + name);
        if (stream is null) return null;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return (TypeOf(name), content.ToArray());
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "text/javascript; charset=utf-8",
    };
}
