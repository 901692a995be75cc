namespace IdfKit.Runs.Markup;

/// <summary>Links to files beside a page, which can lead nowhere else.</summary>
internal static class RelativeLink
{
    private const int Longest = 240;

    /// <summary>What stands in <c>href</c>; null when the path is none of a file beside the page.</summary>
    /// <param name="path">Relative, with <c>/</c>.</param>
    public static string? Of(string path)
    {
        if (path.Length > Longest) return null;
        var segments = path.Split('/');
        var isInside = segments.All(segment => segment.Trim() is not ("" or "." or ".."));
        return isInside ? "./" + string.Join('/', segments.Select(Uri.EscapeDataString)) : null;
    }
}
