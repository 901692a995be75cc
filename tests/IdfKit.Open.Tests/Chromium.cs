using Microsoft.Playwright;

using TestBed;

[assembly: AssemblyFixture(typeof(IdfKit.Open.Tests.Chromium))]

namespace IdfKit.Open.Tests;

/// <summary>The machine's own Chromium, one for all tests here, which reaches no other machine. It ends with this process.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A browser without history and cookies. Skips the test without a Chromium.</summary>
    public async Task<IBrowserContext> OpenAsync(int width = 1200, bool isDark = false)
    {
        var program = ChromiumProgram.Require();
        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            _browser ??= await StartAsync(_playwright, program);
        }
        finally
        {
            _starting.Release();
        }
        var context = await _browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 800 }, IsMobile = width < 600, HasTouch = width < 600,
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light, AcceptDownloads = true,
        });
        context.SetDefaultTimeout(60_000);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        _starting.Dispose();
    }

    private static Task<IBrowser> StartAsync(IPlaywright playwright, string program) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = program,
        Timeout = 120_000,
        Args = ChromiumProgram.Arguments,
    });
}
