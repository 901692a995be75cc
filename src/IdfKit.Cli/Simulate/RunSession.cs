using System.Text.Json;

using IdfKit.Cli.Inputs;
using IdfKit.Cli.Show;
using IdfKit.Cli.Terminal;
using IdfKit.Drops;
using IdfKit.Engine;
using IdfKit.Runs;
using IdfKit.Simulation;
using IdfKit.Storage;

namespace IdfKit.Cli.Simulate;

/// <summary><c>idfkit run</c> from beginning to end.</summary>
internal sealed class RunSession(LocalRunOptions options)
{
    private const string Name = "run";

    private readonly Dictionary<string, string> _notRun = new(StringComparer.Ordinal);
    private int _ended;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (options.Weather is { } weather && !NamedFiles.IsFile(weather)) throw new CommandException(CliSentences.NoWeather(weather));
        var files = ToRun(await NamedFiles.FindAsync(options.Files, cancellationToken));
        var jobs = new LocalJobs(options);
        var all = files.ConvertAll(file => (Name: jobs.FolderOf(file), Job: jobs.Of(file)));
        if (options.Annual && all.Find(one => one.Job.Weather is null) is { Name: { } without })
            throw new CommandException(CliSentences.AnnualModelWithoutWeather(without));
        var toRun = all.FindAll(one => options.IsForced || !LocalJobs.IsDone(one.Job));
        if (toRun.Count > 0) MakeOutput();
        if (!options.IsJson) Console.Out.WriteLine(CliSentences.RunsBegin(toRun.Count, all.Count - toRun.Count, options.Output));
        if (toRun.Count > 0 && !await RunAsync(toRun, cancellationToken)) return ExitCode.Failure;
        return await EndAsync(all.ConvertAll(one => one.Name), cancellationToken);
    }

    /// <exception cref="CommandException">It cannot be; nothing was simulated.</exception>
    private void MakeOutput()
    {
        try { Directory.CreateDirectory(options.Output); }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException(CliSentences.NoFolderForResults(options.Output));
        }
    }

    /// <exception cref="CommandException">There is none among them; of a single file it says why.</exception>
    private List<NamedFile> ToRun(IReadOnlyList<NamedFile> named)
    {
        var files = named.Where(file => file.IsModel && !file.IsBundle).ToList();
        if (files.Count == 0 && named is [var only]) throw new CommandException(WhyNotRun(only));
        foreach (var other in named.Except(files)) CommandGuard.Say(Name, WhyNotRun(other));
        if (files.Count == 0) throw new CommandException(CliSentences.NoModelIn(options.Files));
        foreach (var job in files.Select(file => Path.ChangeExtension(file.Path, ".job.json")).Where(File.Exists))
            CommandGuard.Say(Name, CliSentences.JobFileNotRead(Path.GetFileName(job)));
        return files;
    }

    private static string WhyNotRun(NamedFile file) =>
        file.IsBundle ? CliSentences.BundleNotRun(file.Relative) : CliSentences.NotAModel(file.Relative);

    /// <summary>False: it was stopped.</summary>
    private async Task<bool> RunAsync(List<(string Name, SimulationJob Job)> toRun, CancellationToken cancellationToken)
    {
        var batch = new BatchOptions { MaxConcurrency = options.Jobs ?? Environment.ProcessorCount };
        var hosts = toRun.Count == 1 ? 0 : Math.Min(batch.MaxConcurrency, 2); // behind a single run nothing waits for one
        await using var simulator = new Simulator(InstallationOf(), new() { WarmHosts = hosts });
        var line = new ProgressLine(Console.Error, Screen.IsLive && !Console.IsErrorRedirected, TimeProvider.System);
        var progress = new RunProgress(toRun.ConvertAll(one => one.Name), line, TimeProvider.System);
        try
        {
            var jobs = toRun.ConvertAll(one => one.Job);
            await foreach (var one in simulator.SimulateBatchStreamAsync(jobs, batch, null, progress, cancellationToken))
            {
                using (one.Result) Ended(progress, toRun[one.Index].Name, one, ++_ended);
            }
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            line.End();
            CommandGuard.Say(Name, CliSentences.StoppedRunning(_ended, toRun.Count));
            return false;
        }
        finally
        {
            line.End();
        }
    }

    private void Ended(RunProgress progress, string name, SimulationEvent one, int ended)
    {
        if (one.Error is { } error) _notRun[name] = error.Message;
        if (options.IsJson) return;
        var isCompleted = one.Result is { Succeeded: true };
        var status = one.Result?.Record is { } record ? CliSentences.Word(record.Status) : "not_run";
        progress.Ended(status, name, isCompleted ? null : one.Error?.Message ?? one.Result?.Message, ended);
        progress.Told((one.Result?.Record?.Notices ?? []).Where(RunSentences.IsOfParts));
    }

    private async Task<int> EndAsync(List<string> names, CancellationToken cancellationToken)
    {
        var rows = new List<RunRow>();
        var failures = new List<RunFailure>();
        if (Directory.Exists(options.Output))
        {
            await using var disk = new AsyncLocalFileSystem(Path.GetFullPath(options.Output));
            var table = await RunTable.CollectAsync("", disk, cancellationToken: cancellationToken);
            var own = names.ToHashSet(StringComparer.Ordinal);
            rows.AddRange(table.Rows.Where(row => own.Contains(row.Folder) && !_notRun.ContainsKey(row.Folder)));
            failures.AddRange(RunTable.FailuresOf(rows));
        }
        failures.AddRange(_notRun.GroupBy(one => one.Value).Select(cause => new RunFailure(
            "not_run", cause.Key, cause.Count(), [.. cause.Take(3).Select(one => one.Key)])));
        Say(rows, failures);
        return _notRun.Count == 0 && rows.All(row => row.Status == "completed") ? ExitCode.Success : ExitCode.Failure;
    }

    private void Say(List<RunRow> rows, List<RunFailure> failures)
    {
        if (options.IsJson)
        {
            var totals = RunsFigures.Of(rows) with { Counts = CountsOf(rows), Runs = rows.Count + _notRun.Count };
            var json = new RunsAsJson(options.Output, totals, failures, [.. rows.Select(RunAsJson.Of)]);
            Console.Out.WriteLine(JsonSerializer.Serialize(json, RunsJson.Readable.RunsAsJson));
            return;
        }
        RunsTable.WriteFailures(Console.Out, failures);
        Console.Out.WriteLine(CliSentences.CountedRuns(rows.Count + _notRun.Count, CountsOf(rows)));
        Console.Out.WriteLine(CliSentences.LookAt(options.Output));
    }

    /// <summary>How many ended in each way, those that could not be run at all among them.</summary>
    private Dictionary<string, int> CountsOf(List<RunRow> rows)
    {
        var counts = new Dictionary<string, int>(RunsFigures.Of(rows).Counts, StringComparer.Ordinal);
        if (_notRun.Count > 0) counts["not_run"] = _notRun.Count;
        return counts;
    }

    private static EnergyPlusInstallation? InstallationOf()
    {
        var directory = FunctionOptions.FromEnvironment(Environment.GetEnvironmentVariables()).EnergyPlusDirectory;
        return directory is null ? null : EnergyPlusInstallation.Find(directory);
    }
}
