using PuppeteerSharp;

using TestBed;

namespace IdfKit.Pages.Tests.Browser;

/// <summary>The machine's own Chromium, one per test process, which reaches no other machine. It ends with this process.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private readonly TemporaryFolder _profile = new();
    private IBrowser? _browser;

    /// <summary>A page without history, cookies or cache, which is the caller's to dispose of. Skips the test without a Chromium.</summary>
    public async Task<IPage> OpenPageAsync()
    {
        var program = ChromiumProgram.Require();
        await _starting.WaitAsync();
        try
        {
            _browser ??= await StartAsync(program);
        }
        finally
        {
            _starting.Release();
        }
        var context = await _browser.CreateBrowserContextAsync();
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _profile.Dispose();
        _starting.Dispose();
    }

    private Task<IBrowser> StartAsync(string program) => Puppeteer.LaunchAsync(new LaunchOptions
    {
        ExecutablePath = program,
        Headless = true,
        Pipe = true,
        UserDataDir = _profile.Path,
        Timeout = 120_000,
        ProtocolTimeout = 120_000,
        Args = [.. ChromiumProgram.Arguments, "--force-color-profile=srgb", "--hide-scrollbars"],
    });
}
