using System.Collections.Concurrent;

using Deque.AxeCore.Commons;

using Microsoft.Playwright;

namespace IdfKit.Open.Tests;

/// <summary>The page in a browser, as a user has it, with all that its console says against it.</summary>
internal sealed class OpenedPage : IAsyncDisposable
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<string> _faults = [];

    private OpenedPage(IPage page) => Page = page;

    public IPage Page { get; }

    /// <summary>Errors of the page's own.</summary>
    public IEnumerable<string> Faults => _faults;

    public ILocator Rows => Page.Locator("#rows [role=row]");

    public static async Task<OpenedPage> OpenAsync(IBrowserContext browser, Uri address)
    {
        var opened = new OpenedPage(await browser.NewPageAsync());
        opened.Page.PageError += (_, said) => opened._faults.Enqueue(said);
        opened.Page.Console += (_, said) =>
        {
            // That a server is gone is said by the browser, too.
            if (said.Type == "error" && !said.Text.Contains("ERR_", StringComparison.Ordinal)) opened._faults.Enqueue(said.Text);
        };
        await opened.Page.GotoAsync(address.AbsoluteUri);
        await opened.UntilAsync("document.documentElement.dataset.drawn");
        return opened;
    }

    /// <summary>Waits until an expression is true in the page.</summary>
    public async Task UntilAsync(string expression)
    {
        // Not WaitForFunctionAsync: the page's policy forbids what that does.
        var end = DateTime.UtcNow + Patience;
        while (!await Page.EvaluateAsync<bool>($"!!({expression})"))
        {
            Assert.True(DateTime.UtcNow < end, $"Not so in {Patience}: {expression}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until an element has a text.</summary>
    public Task SaysAsync(string selector, string text) =>
        Page.Locator(selector).Filter(new() { HasText = text }).First.WaitForAsync();

    /// <summary>Waits until a run's row says something.</summary>
    public Task RowSaysAsync(string name, string text) =>
        Rows.Filter(new() { HasText = name }).Filter(new() { HasText = text }).First.WaitForAsync();

    /// <summary>Drops files on the page as a hand does, by an event with what it holds.</summary>
    public async Task DropAsync(params IEnumerable<(string Name, string Content)> files)
    {
        var data = await Page.EvaluateHandleAsync(
            """
            files => {
              const data = new DataTransfer();
              for (const [name, content] of files) data.items.add(new File([content], name));
              return data;
            }
            """, files.Select(file => new[] { file.Name, file.Content }).ToArray());
        await Page.DispatchEventAsync("#drop", "drop", new { dataTransfer = data });
    }

    /// <summary>What axe-core finds serious or critical.</summary>
    public async Task<string[]> BrokenAsync()
    {
        await Page.EvaluateAsync(Axe);
        return await Page.EvaluateAsync<string[]>(
            """
            () => axe.run(document, { resultTypes: ["violations"] }).then(found => found.violations
              .filter(rule => rule.impact === "serious" || rule.impact === "critical")
              .flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`)))
            """);
    }

    public async ValueTask DisposeAsync() => await Page.CloseAsync();
}
