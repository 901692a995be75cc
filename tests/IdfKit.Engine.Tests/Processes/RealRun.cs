using System.Text;
using System.Text.RegularExpressions;
using TestBed;

namespace IdfKit.Engine.Tests.Processes;

/// <summary>The real EnergyPlus on a real model, always in the same folder, so that paths in its files are the same.</summary>
internal sealed partial class RealRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private EngineRequest _request;
    private string? _copied;
    private string? _list;

    public RealRun(EngineRequest request) => _request = request with { OutputDirectory = _folder["output"], WorkingDirectory = null };

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static EnergyPlusInstallation Installation => EnergyPlusInstallation.Find(RealParts.EnergyPlus());

    public static EngineOptions WithHosts =>
        new() { EngineHostPath = FakeRun.EngineHost, WarmHosts = 1, KillGrace = TimeSpan.FromMilliseconds(200) };

    /// <summary>Runs in an empty folder.</summary>
    /// <returns>How it ended, and every file without what differs from one moment to the next.</returns>
    public async Task<(EngineRun Run, SortedDictionary<string, string> Files)> RunAsync(
        EnergyPlusRunner runner, IProgress<EngineProgress>? progress = null)
    {
        if (Directory.Exists(_request.OutputDirectory)) Directory.Delete(_request.OutputDirectory, recursive: true);
        if (_copied is not null)
        {
            Directory.CreateDirectory(_request.OutputDirectory);
            File.Copy(_copied, _request.ModelPath, overwrite: true);
            if (_list is not null) await File.WriteAllTextAsync(Path.ChangeExtension(_request.ModelPath, ".rvi"), _list, Token);
        }
        var run = await runner.RunAsync(_request, progress, Token);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(_request.OutputDirectory))
            files[Path.GetFileName(file)] = Moments().Replace(
                Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Token)), "MOMENT");
        return (run, files);
    }

    /// <summary>Has a copy of the model run that is in the folder where EnergyPlus runs, with a list for ReadVarsESO or none.</summary>
    public void UseModel(string path, string? list = null)
    {
        (_copied, _list) = (path, list);
        _request = _request with { ModelPath = Path.Combine(_request.OutputDirectory, "in.idf") };
    }

    public string WriteModel(string content)
    {
        File.WriteAllText(_folder["model.idf"], content);
        return _folder["model.idf"];
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>"YMD=2026.11.23 03:31", "2026-11-23\n  03:31:26" (tables), "00hr 00min  0.34sec".</summary>
    [GeneratedRegex(@"YMD=\d{4}\.\d\d\.\d\d \d\d:\d\d|\d{4}-\d\d-\d\d\s+\d\d:\d\d:\d\d|\d\dhr \d\dmin +\d+\.\d+sec",
        RegexOptions.None, 10_000)]
    private static partial Regex Moments();
}
