using System.Globalization;
using System.Text.RegularExpressions;

using TestBed;

namespace IdfKit.Open.Tests;

/// <summary><c>idfkit open</c> as a process of its own, without a browser.</summary>
public sealed partial class OpenedTool : IAsyncDisposable
{
    private readonly IdfkitProcess _process;

    private OpenedTool(IdfkitProcess process, Uri address) => (_process, Address) = (process, address);

    /// <summary>With the token.</summary>
    public Uri Address { get; }

    /// <summary>Without it.</summary>
    public Uri Root => new(Address.GetLeftPart(UriPartial.Authority) + "/");

    public string Token => Address.Query["?token=".Length..];

    public string Port => Root.Port.ToString(CultureInfo.InvariantCulture);

    public int Id => _process.Id;

    public string Output => _process.Output;

    /// <summary>Started over a place, and ready.</summary>
    public static Task<OpenedTool> StartAsync(string place, params string[] options) => StartAsync(place, null, options);

    public static Task<OpenedTool> StartAsync(
        string place, IReadOnlyDictionary<string, string>? variables, params string[] options) =>
        RunAsync(["open", place, "--no-browser", .. options], variables);

    /// <summary>Started such that it shows itself in the system's browser.</summary>
    public static Task<OpenedTool> ShowAsync(string place, IReadOnlyDictionary<string, string> variables) =>
        RunAsync(["open", place], variables);

    /// <summary>Waits until it has said something.</summary>
    public Task<string> SaysAsync(Regex text) => _process.SaysAsync(text);

    /// <summary>Presses Ctrl-C.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        await _process.SignalAsync("INT");
        return await _process.ExitAsync();
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<OpenedTool> RunAsync(string[] arguments, IReadOnlyDictionary<string, string>? variables)
    {
        var process = IdfkitProcess.Start(variables, arguments);
        return new(process, new(await process.SaysAsync(AddressText())));
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/\?token=[0-9a-f]+")]
    private static partial Regex AddressText();
}
