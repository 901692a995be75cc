using IdfKit.Pages.Tests.Browser;

using TestBed;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace IdfKit.Pages.Tests;

/// <summary>The examination itself: it has nothing against a good page, and finds each fault that is put into it.</summary>
public sealed class ExaminationTests(Chromium chromium) : IDisposable
{
    private const string Good =
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>A page</title>
        <meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">
        <style>
        body { margin: 1rem; font: 16px/1.4 sans-serif; background: #fff; color: #222 }
        svg { width: 100%; max-width: 300px; display: block } svg text { font-size: 14px; fill: #444 }
        i { display: block; height: 1rem; width: 3rem; background: #c41; print-color-adjust: exact }
        @media (prefers-color-scheme: dark) { body { background: #111; color: #eee } svg text { fill: #ccc } a { color: #9cf } }
        </style></head>
        <body><main><h1>A page</h1><p>Some words, and <a href="eplustbl.htm">a file</a>.</p><i></i>
        <img alt="A dot" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7">
        <svg viewBox="0 0 300 60" role="img" aria-label="Two words"><text x="10" y="30">one</text><text x="100" y="30">two</text></svg>
        </main></body></html>
        """;

    private readonly TemporaryFolder _folder = new();

    /// <summary>The kind of the fault; what is replaced in the good page, and by what; how it is looked at.</summary>
    public static TheoryData<string, string, string, string> Faults => new()
    {
        { "alternative", "alt=\"A dot\"", "", "light-1200" },
        { "alternative", "role=\"img\" aria-label=\"Two words\"", "", "light-1200" },
        { "alternative", "role=\"img\"", "", "light-1200" },
        { "axe color-contrast", "color: #222", "color: #aaa", "light-1200" },
        { "axe color-contrast", "color: #eee", "color: #333", "dark-400" },
        { "axe html-has-lang", " lang=\"en\"", "", "dark-1200" },
        { "axe document-title", "<title>A page</title>", "", "light-400" },
        { "axe image-alt", "alt=\"A dot\"", "", "light-400" },
        { "broken", "<p>", "<p style=\"width:3em;overflow-wrap:anywhere\">EnergyPlus ", "light-1200" },
        { "console", "</main>", "<script>throw new Error('oh')</script></main>", "light-1200" },
        { "console", "</main>", "<script>console.error('oh')</script></main>", "light-1200" },
        { "contrast", "fill: #444", "fill: #bbb", "light-1200" },
        { "contrast", "fill: #ccc", "fill: #444", "dark-1200" },
        { "contrast", "<text x=\"10\"", "<rect width=\"90\" height=\"60\" fill=\"#555\"/><text x=\"10\"", "light-1200" },
        { "cut", "x=\"100\"", "x=\"285\"", "light-1200" },
        { "elsewhere", "</style>", "h2 { background: url(https://idfkit.invalid/later.png) }</style>", "light-1200" },
        { "elsewhere", "</head>", "<link rel=\"preconnect\" href=\"https://idfkit.invalid\"></head>", "light-1200" },
        { "elsewhere", "</main>", "<p style=\"margin-top:9000px\"><img alt=a loading=lazy src=//a.invalid/a.png></p></main>", "light-400" },
        { "elsewhere", "</head>", "<meta http-equiv=refresh content=\"900;url=https://idfkit.invalid\"></head>", "light-1200" },
        { "link", "href=\"eplustbl.htm\"", "href=\"javascript:alert(1)\"", "light-1200" },
        { "over", "x=\"100\"", "x=\"20\"", "light-1200" },
        { "over", "</main>", "<p style=\"position:relative;top:-60px\">words on words</p></main>", "light-400" },
        { "overflow", "<i></i>", "<div style=\"width:600px\">wide</div>", "light-400" },
        { "overflow", "</main>", "<details><summary>more</summary><div style=\"width:600px\">wide</div></details></main>", "light-400" },
        { "overflow", "Some words", "Office_with_a_name_that_nobody_broke_in_any_place_at_all", "dark-400" },
        { "overflow", "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">", "", "light-400" },
        { "paper", "print-color-adjust: exact", "", "print" },
        { "paper", "</style>", "@media print { p { color: #ccc } }</style>", "print" },
        { "picture", "R0lGOD", "AAAA", "light-1200" },
        { "request", "</main>", "<img alt=\"a\" src=\"https://idfkit.invalid/a.png\"></main>", "light-1200" },
        { "request", "</main>", "<img alt=\"a\" src=\"other.png\"></main>", "light-1200" },
        { "request", "<style>", "<style>@import 'https://idfkit.invalid/a.css';", "light-1200" },
        { "request", "</main>", "<script>fetch('https://idfkit.invalid/a').catch(() => 0)</script></main>", "light-1200" },
        { "script", "</main>", "<script>1</script></main>", "light-1200" },
        { "script", "<h1>", "<h1 onclick=\"a\">", "light-1200" },
        { "size", "</main>", new string(' ', 70_000) + "</main>", "light-1200" },
        { "small", "font-size: 14px", "font-size: 4px", "light-1200" },
        { "small", "viewBox=\"0 0 300 60\"", "viewBox=\"0 0 900 180\"", "light-400" },
    };

    public static TheoryData<string> Looks => [.. Look.All.Select(look => look.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Looks))]
    public async Task Good_page_has_no_fault(string look) => Assert.Equal([], await FindFaultsAsync(Good, look));

    [Theory, MemberData(nameof(Faults))]
    public async Task Fault_that_is_put_into_a_good_page_is_found(string kind, string replaced, string by, string look)
    {
        Assert.Contains(replaced, Good, StringComparison.Ordinal);
        var broken = Good.Replace(replaced, by, StringComparison.Ordinal);
        Assert.Contains(kind, (await FindFaultsAsync(broken, look)).Select(fault => fault.Kind));
    }

    private async Task<IReadOnlyList<Fault>> FindFaultsAsync(string page, string look)
    {
        var file = _folder["page.html"];
        await File.WriteAllTextAsync(file, page);
        return await new Examination(chromium).FindFaultsAsync(file, Look.All.Single(each => each.Name == look));
    }
}
