namespace IdfKit.Runs.Markup;

/// <summary>
/// What stands around the content of each of our pages: one file that asks for nothing elsewhere. It is well-formed XML too, if its content
/// is: what is written can be checked strictly.
/// </summary>
internal static class PageShell
{
    /// <param name="html">Where to.</param>
    /// <param name="title">Of the window.</param>
    /// <param name="content">Writes what stands in <c>main</c>.</param>
    /// <param name="style">What the page has beyond the style of all pages.</param>
    /// <param name="script">What runs in it when all of it is there.</param>
    public static void Write(
        HtmlWriter html, string title, Action<HtmlWriter> content, PageCode? style = null, PageCode? script = null)
    {
        html.Write("""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"/>
            """);
        html.Write($"""
            <meta http-equiv="Content-Security-Policy" content="{PageStyle.PolicyOf(style, script)}"/>
            <meta name="viewport" content="width=device-width,initial-scale=1"/><meta name="color-scheme" content="light dark"/>
            <title>{title}</title>
            """);
        html.Write("<style>" + PageStyle.Css + "</style>");
        if (style is not null) html.Write("<style>").Write(style).Write("</style>");
        html.Write("</head>\n<body><main>\n");
        content(html);
        html.Write("</main>");
        if (script is not null) html.Write("\n<script>").Write(script).Write("</script>");
        html.Write("</body></html>\n");
    }
}
