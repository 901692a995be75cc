using System.Collections.Concurrent;

using PuppeteerSharp;

namespace IdfKit.Pages.Tests.Browser;

/// <summary>A page with a script in use: opened from disk, asked, and watched for what it says and asks for.</summary>
internal sealed class OpenedPage : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<Fault> _faults = [];

    private OpenedPage(IPage page) => Page = page;

    public IPage Page { get; }

    /// <summary>What it has said and asked for so far.</summary>
    public IEnumerable<Fault> Faults => _faults;

    /// <param name="chromium">The browser.</param>
    /// <param name="file">The page.</param>
    /// <param name="look">How it is looked at; null: on a desk, light.</param>
    /// <param name="fragment">What follows the file in its address.</param>
    /// <param name="withScript">Whether the browser runs scripts.</param>
    public static async Task<OpenedPage> OpenAsync(
        Chromium chromium, string file, Look? look = null, string fragment = "", bool withScript = true)
    {
        var opened = new OpenedPage(await chromium.OpenPageAsync());
        if (!withScript) await opened.Page.SetJavaScriptEnabledAsync(false);
        await Examination.WatchAsync(opened.Page, new Uri(file), opened._faults);
        await Examination.ShowAsync(opened.Page, file, look ?? Look.All[0], fragment);
        if (withScript) await opened.UntilAsync("document.documentElement.dataset.drawn");
        return opened;
    }

    /// <summary>The value of an expression in the page.</summary>
    public Task<T> AskAsync<T>(string expression) => Page.EvaluateExpressionAsync<T>(expression);

    /// <summary>What stands in an element.</summary>
    public Task<string> TextAsync(string selector) => AskAsync<string>($"document.querySelector({Quoted(selector)}).innerText");

    /// <summary>Waits until an expression is true.</summary>
    public async Task UntilAsync(string expression)
    {
        var end = DateTime.UtcNow + Patience;
        while (!await AskAsync<bool>($"!!({expression})"))
        {
            Assert.True(DateTime.UtcNow < end, $"Not so in {Patience}: {expression}");
            await Task.Delay(20);
        }
    }

    /// <summary>Does something that changes the page, and waits until it is drawn anew.</summary>
    public async Task DoAsync(Func<Task> action)
    {
        var drawn = await AskAsync<int>("Number(document.documentElement.dataset.drawn)");
        await action();
        await UntilAsync($"Number(document.documentElement.dataset.drawn) > {drawn}");
    }

    /// <summary>Gives an element the focus, as the tabulator key does.</summary>
    public Task FocusAsync(string selector) => Page.FocusAsync(selector);

    public async ValueTask DisposeAsync() => await Page.BrowserContext.CloseAsync();

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
