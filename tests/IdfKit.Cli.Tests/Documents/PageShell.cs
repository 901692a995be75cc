using System.Diagnostics;
using System.Text.RegularExpressions;

using TestBed;

namespace IdfKit.Cli.Tests.Documents;

/// <summary>
/// Where a reader types: a folder with a model and its weather, a folder of models, a study, and a bucket of this machine in which
/// one model has been run, which the pages call <c>s3://BUCKET</c>.
/// </summary>
internal sealed partial class PageShell : IAsyncDisposable
{
    private const string Bucket = "local", Served = ".bucket";

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _variables = new() { ["ENERGYPLUS_DIR"] = RealParts.EnergyPlus(), ["NO_COLOR"] = "1" };
    private Tool? _dev;

    public PageShell()
    {
        var model = Repository.PathOf("examples", "one-zone.idf");
        Directory.CreateDirectory(_folder["models"]);
        foreach (var name in new[] { "office.idf", "models/office.idf", "models/annex.idf" }) File.Copy(model, _folder[name]);
        var weather = RealParts.Weather("Golden");
        foreach (var name in new[] { "office.epw", "golden.epw", "models/golden.epw" }) File.Copy(weather, _folder[name]);
        File.WriteAllText(_folder["office.study.csv"], "name,Building//North Axis\nbase,0\neast,90\n");
        File.WriteAllText(_folder["call.json"], $$"""{"input": "s3://{{Bucket}}/inputs/office.idf"}""");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public string this[params string[] segments] => _folder[segments];

    /// <summary>Types one command; its output, or null when it is one that goes on.</summary>
    public async Task<string?> TypeAsync(string command, int exitCode = 0)
    {
        if (Serves().Match(command) is { Success: true } dev)
        {
            await ServeAsync(dev.Groups[1].Value, dev.Groups[2].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            return null;
        }
        if (command.Contains("BUCKET", StringComparison.Ordinal) || command.Contains("ENDPOINT", StringComparison.Ordinal)
            || command.Contains("LAMBDA", StringComparison.Ordinal))
        {
            if (_dev is null) await ServeAsync(Served, []);
            await HasRunAsync();
            command = command.Replace("BUCKET", Bucket, StringComparison.Ordinal)
                .Replace("ENDPOINT", Printed("Endpoint"), StringComparison.Ordinal)
                .Replace("LAMBDA", Printed("Lambda"), StringComparison.Ordinal);
        }
        var (answered, output) = await ShellAsync(command);
        Assert.True(answered == exitCode, $"{command}: exit code {answered} and not {exitCode}\n{output}\n{_dev?.Output}");
        return output;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    /// <summary>Ctrl-C to what is served, as a reader ends it.</summary>
    public async Task StopAsync()
    {
        if (_dev is null) return;
        await _dev.SignalUntilExitAsync("INT");
        await _dev.DisposeAsync();
        _dev = null;
    }

    private async Task ServeAsync(string folder, string[] options)
    {
        await StopAsync();
        _dev = Tool.StartIn(_folder.Path, _variables, ["dev", folder, .. options]);
        await _dev.SaysAsync("Ctrl-C stops.");
        _variables["AWS_ENDPOINT_URL_S3"] = Printed("Endpoint");
        _variables["AWS_ACCESS_KEY_ID"] = Dev.FunctionVariables.AccessKeyId;
        _variables["AWS_SECRET_ACCESS_KEY"] = Dev.FunctionVariables.SecretAccessKey;
        _variables["AWS_REGION"] = _variables["AWS_DEFAULT_REGION"] = Dev.FunctionVariables.Region;
        _variables["no_proxy"] = "127.0.0.1";
    }

    /// <summary>Puts the model into the bucket where none is yet, and waits until nothing is open.</summary>
    private async Task HasRunAsync()
    {
        var (had, _) = await ShellAsync($"idfkit show s3://{Bucket}/outputs/office >/dev/null 2>&1");
        if (had == 0) return;
        var (exitCode, output) = await ShellAsync($"idfkit submit office.idf --to s3://{Bucket} --watch");
        Assert.True(exitCode == 0, output + _dev!.Output);
    }

    private string Printed(string what) => Regex.Match(_dev!.Output, $@"(?m)^{what}\s+(http\S+)").Groups[1].Value;

    private async Task<(int ExitCode, string Output)> ShellAsync(string command)
    {
        var start = new ProcessStartInfo("bash", ["-c", "exec 2>&1; " + command])
        {
            WorkingDirectory = _folder.Path, RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = Path.GetDirectoryName(Tool.Program) + ":" + start.Environment["PATH"];
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("IDFKIT_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in _variables) start.Environment[name] = value;
        using var shell = Process.Start(start)!;
        shell.StandardInput.Close();
        var output = await shell.StandardOutput.ReadToEndAsync(Token);
        await shell.WaitForExitAsync(Token);
        return (shell.ExitCode, output);
    }

    [GeneratedRegex(@"^idfkit dev (\S+)((?: --(?:port|concurrency|timeout|memory) \S+)*)$")]
    private static partial Regex Serves();
}
