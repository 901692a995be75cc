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
    public static void Write(HtmlWriter html, string title, Action<HtmlWriter> content)
    {
        html.Write("""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"/>
            """);
        html.Write($"""
            <meta http-equiv="Content-Security-Policy" content="{PageStyle.Policy}"/>
            <meta name="viewport" content="width=device-width,initial-scale=1"/><meta name="color-scheme" content="light dark"/>
            <title>{title}</title>
            """);
        html.Write("<style>" + PageStyle.Css + "</style></head>\n<body><main>\n");
        content(html);
        html.Write("</main></body></html>\n");
    }
}
