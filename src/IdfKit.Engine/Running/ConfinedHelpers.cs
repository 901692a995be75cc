using System.Text;

using IdfKit.Engine.Children;
using IdfKit.Engine.Folders;
using IdfKit.Engine.Results;

namespace IdfKit.Engine.Running;

/// <summary>
/// The programs that EnergyPlus runs for <c>-x</c> and <c>-r</c>, as children of this process: where EnergyPlus is
/// confined, it can start none. Each leaves what it leaves when EnergyPlus starts it.
/// </summary>
internal sealed class ConfinedHelpers(EnergyPlusInstallation installation, EngineOptions options, EngineRequest request)
{
    private const string SeriesList = ".rvi", MetersList = ".mvi"; // beside the model, for ReadVarsESO

    private readonly Dictionary<string, string> _lists = []; // the modeller's own

    private readonly string _output = Directory.CreateDirectory(request.OutputDirectory).FullName;

    /// <summary>Runs ExpandObjects, when it is asked for, and reads the modeller's own lists while nobody can have replaced them.</summary>
    /// <returns>The request that remains for EnergyPlus.</returns>
    /// <exception cref="EnergyPlusException">ExpandObjects has not done its work.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async Task<EngineRequest> BeforeAsync(CancellationToken stop)
    {
        var rest = request with { ExpandObjects = false, ReadVars = false };
        if (request.ReadVars)
            foreach (var list in new[] { SeriesList, MetersList })
                if (Path.ChangeExtension(request.ModelPath, list) is var path && File.Exists(path))
                    _lists[list] = await File.ReadAllTextAsync(path, Encoding.Latin1, stop).ConfigureAwait(false);
        if (!request.ExpandObjects) return rest;
        var expanded = Path.Combine(_output, Named("expidf"));
        var programs = new Preprocessors(installation) { Timeout = request.Timeout, Engine = options };
        return await programs.TryExpandAsync(request.ModelPath, expanded, stop).ConfigureAwait(false)
            ? rest with { ModelPath = expanded }
            : rest;
    }

    /// <summary>Runs ReadVarsESO on the series and on the meters, when it is asked for.</summary>
    /// <param name="command">Of the run that has ended.</param>
    /// <param name="output">Is given what it prints.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async Task AfterAsync(EngineCommand command, OutputReceiver output, CancellationToken stop)
    {
        const string Audit = "readvars.audit";
        if (!request.ReadVars || installation.ReadVarsPath is not { } program) return;
        var model = command.Arguments[^1];
        (string List, string Series, string Csv)[] all =
        [
            (SeriesList, Named("eso"), Named("csv")),
            (MetersList, Named("mtr"), OutputNames.Meters(request.OutputPrefix, request.OutputSuffix)),
        ];
        foreach (var (list, series, csv) in all)
        {
            var path = Path.ChangeExtension(model, list);
            var isOurs = Put(list, path, $"{Path.Combine(_output, series)}\n{Path.Combine(_output, csv)}\n");
            var ended = await Tool.RunAsync(
                program, [path, "unlimited"], command.WorkingDirectory, request.Timeout, stop,
                host: options.Host(),
                readable: [installation.Directory, path], writable: command.Writable).ConfigureAwait(false);
            output(Encoding.UTF8.GetBytes(ended?.Text ?? ""));
            if (isOurs) File.Delete(path);
        }
        var audit = Path.Combine(command.WorkingDirectory, Audit);
        var kept = Path.Combine(_output, Named("rvaudit"));
        FolderRemoval.TryRemove(kept); // EnergyPlus may have left a folder there
        if (File.Exists(audit) && !Path.Exists(kept)) File.Move(audit, kept);
    }

    private string Named(string extension) => OutputNames.Output(request.OutputPrefix, request.OutputSuffix, extension);

    /// <summary>
    /// The modeller's own list is as it was before EnergyPlus could write beside it, or ours lies there: nothing that EnergyPlus has
    /// left under that name, a link least of all, is read or written through. Says whether it is ours.
    /// </summary>
    private bool Put(string list, string path, string ours)
    {
        var own = _lists.GetValueOrDefault(list);
        if (own is not null && IsPlain(path, own)) return false;
        FolderRemoval.TryRemove(path);
        using var writer = new StreamWriter(new FileStream(path, FileMode.CreateNew), Encoding.Latin1);
        writer.Write(own ?? ours);
        return own is null;
    }

    private static bool IsPlain(string path, string content)
    {
        using var file = ChildFolder.TryRead(path);
        if (file is null || file.Length != content.Length) return false;
        using var reader = new StreamReader(file, Encoding.Latin1);
        return reader.ReadToEnd() == content;
    }
}
