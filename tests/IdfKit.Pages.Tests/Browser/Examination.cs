using System.Collections.Concurrent;
using System.Text.Json;

using Deque.AxeCore.Commons;

using PuppeteerSharp;
using PuppeteerSharp.Media;

using TestBed;

namespace IdfKit.Pages.Tests.Browser;

/// <summary>
/// Opens a page from disk as a user does, takes its picture, and says what is wrong with it: what axe-core finds serious or critical,
/// what the browser's console says, whatever the page asks for beside itself, and what <c>examine.js</c> finds.
/// </summary>
/// <param name="chromium">The browser.</param>
/// <param name="mostBytes">Of a page; by default what is promised of a run's.</param>
/// <param name="mayScript">Whether the page has scripts of its own.</param>
internal sealed class Examination(Chromium chromium, int mostBytes = 60 * 1024, bool mayScript = false)
{
    private const string RunAxe =
        """
        axe.run(document, { resultTypes: ["violations"] }).then(found => found.violations
          .filter(rule => rule.impact === "serious" || rule.impact === "critical")
          .flatMap(rule => rule.nodes.map(node => ({
            kind: "axe " + rule.id, what: `${rule.help}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`,
          }))))
        """;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();
    private static readonly string Examine = ReadExamine();

    /// <summary>Where pictures go; git ignores it.</summary>
    public static string Pictures { get; } = Directory.CreateDirectory(Repository.PathOf("artifacts", "pages")).FullName;

    /// <summary>What is wrong with a page when somebody looks at it so.</summary>
    /// <param name="file">The page.</param>
    /// <param name="look">How it is looked at.</param>
    /// <param name="picture">Where its picture goes; null for none.</param>
    public async Task<IReadOnlyList<Fault>> FindFaultsAsync(string file, Look look, string? picture = null)
    {
        var page = await chromium.OpenPageAsync();
        try
        {
            ConcurrentQueue<Fault> faults = [];
            var size = new FileInfo(file).Length;
            if (size > mostBytes) faults.Enqueue(new("size", $"{size} bytes, more than {mostBytes}"));
            await WatchAsync(page, new Uri(file), faults);
            await ShowAsync(page, file, look);
            if (picture is not null) await TakePictureAsync(page, look, picture);
            await page.EvaluateExpressionAsync("document.querySelectorAll('details').forEach(each => { each.open = true })");
            var seen = await AskAsync(page, $"({Examine})({look.Width}, {Word(look.IsPaper)}, {Word(mayScript)})");
            await page.EvaluateExpressionAsync(Axe);
            var broken = await AskAsync(page, RunAxe);
            return [.. faults.Concat(seen).Concat(broken).Distinct()];
        }
        finally
        {
            await page.BrowserContext.CloseAsync();
        }
    }

    /// <summary>Notes what the page says and asks for: everything but itself is a fault, and is not fetched.</summary>
    public static async Task WatchAsync(IPage page, Uri self, ConcurrentQueue<Fault> faults)
    {
        page.Console += (_, said) =>
        {
            if (said.Message.Type is ConsoleType.Error or ConsoleType.Warning) faults.Enqueue(new("console", said.Message.Text));
        };
        page.PageError += (_, said) => faults.Enqueue(new("console", said.Message));
        page.AddRequestInterceptor(request =>
        {
            var url = new Uri(request.Url);
            if (url.AbsolutePath == self.AbsolutePath && url.IsFile || url.Scheme == "data") return request.ContinueAsync();
            faults.Enqueue(new("request", request.Url));
            return request.AbortAsync();
        });
        await page.SetRequestInterceptionAsync(true);
    }

    private static string Word(bool flag) => flag ? "true" : "false";

    /// <summary>Opens a page as somebody looks at it.</summary>
    public static async Task ShowAsync(IPage page, string file, Look look, string fragment = "")
    {
        await page.SetViewportAsync(new ViewPortOptions { Width = look.Width, Height = look.IsPhone ? 800 : 900, IsMobile = look.IsPhone });
        var features = new[] { new { name = "prefers-color-scheme", value = look.IsDark ? "dark" : "light" } };
        await page.Client.SendAsync("Emulation.setEmulatedMedia", new { media = look.IsPaper ? "print" : "screen", features });
        await page.GoToAsync(new Uri(file).AbsoluteUri + fragment, WaitUntilNavigation.Load);
    }

    private static async Task TakePictureAsync(IPage page, Look look, string picture)
    {
        await page.ScreenshotAsync(picture, new ScreenshotOptions { FullPage = true });
        if (look.IsPaper) await page.PdfAsync(Path.ChangeExtension(picture, ".pdf"), new PdfOptions { Format = PaperFormat.A4 });
    }

    private static async Task<IEnumerable<Fault>> AskAsync(IPage page, string script)
    {
        var found = await page.EvaluateExpressionAsync<JsonElement>(script);
        return found.EnumerateArray().Select(fault => new Fault(Text(fault, "kind"), Text(fault, "what")));

        static string Text(JsonElement fault, string name) => fault.GetProperty(name).GetString()!;
    }

    private static string ReadExamine()
    {
        using var script = new StreamReader(typeof(Examination).Assembly.GetManifestResourceStream("examine.js")!);
        return script.ReadToEnd();
    }
}
