using System.Diagnostics;

using IdfKit.Engine.Children;

namespace IdfKit.Engine.Preparation;

/// <summary>
/// One step of a migration. The program (EnergyPlus 25.2, src/Transition) reads dictionaries and a list of output
/// variables from the folder that it runs in, or from the one that an <c>Energy+.ini</c> there names; given
/// <c>x.idf</c> it writes <c>x.idfnew</c> and, when it got to the end, copies that over <c>x.idf</c>. It ends with exit
/// code 0 whatever happens, and prints what it thinks of the model.
/// </summary>
internal sealed class TransitionRun(TransitionProgram program, string modelName, TimeSpan timeout, HostProgram? host)
{
    private const string CopyName = "idfkit-model.idf";

    /// <summary>Rewrites the model, which keeps what it holds where the program fails.</summary>
    /// <param name="model">A scratch copy.</param>
    /// <param name="steps">Is told what ran, whatever became of it.</param>
    /// <param name="cancellationToken">Stops the program.</param>
    public async Task RewriteAsync(string model, ICollection<MigrationStep> steps, CancellationToken cancellationToken)
    {
        using var scratch = new ScratchFolder();
        foreach (var file in FilesBeside(program.Path)) scratch.Link(file);
        var copy = scratch[CopyName];
        Fortran.Copy(model, copy);

        var began = Stopwatch.GetTimestamp();
        var ended = await Tool.RunAsync(
            program.Path, [copy], scratch.Root, timeout, cancellationToken,
            host: host, readable: [Path.GetDirectoryName(program.Path)!]).ConfigureAwait(false);
        var words = TransitionWords.From(scratch, ended?.Text ?? "", copy, modelName);
        steps.Add(new(program.FileName, program.From, program.To, Stopwatch.GetElapsedTime(began), words.Said));

        if (ended is not { } done) throw TimedOut();
        if (LoaderFault.In(done.Text) is { } fault) throw Broken(fault);
        if (HowItFailed(done.Exit) is { } how) throw Failed(EngineSentences.TransitionFailed(program.Title, modelName, how, words.Said));
        if (words.Fatal is { } fatal) throw Failed(EngineSentences.TransitionFailed(program.Title, modelName, "fatal error", fatal));
        File.Copy(Made(copy, words), model, overwrite: true);
    }

    /// <summary>What it needs in its own folder; an <c>Energy+.ini</c> that is left there would lead it elsewhere.</summary>
    private static IEnumerable<string> FilesBeside(string path) =>
        Directory.EnumerateFiles(Path.GetDirectoryName(path)!).Where(file => IsNeeded(Path.GetFileName(file)));

    private static bool IsNeeded(string name) =>
        !name.StartsWith("Transition", StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith("IDFVersionUpdater", StringComparison.OrdinalIgnoreCase)
        && !name.Equals("Energy+.ini", StringComparison.OrdinalIgnoreCase)
        && !name.Equals(CopyName, StringComparison.OrdinalIgnoreCase);

    private static string? HowItFailed(ChildExit exit) => exit switch
    {
        { Signal: { } signal } => $"signal {signal}",
        { ExitCode: { } code and not 0 } => $"exit code {code}",
        _ => null,
    };

    /// <summary>The file of the version that was wanted: the model itself, or what stands beside it.</summary>
    private string Made(string copy, TransitionWords words)
    {
        string? fault = null;
        foreach (var path in new[] { copy, copy + "new" })
        {
            if (!File.Exists(path)) continue;
            try
            {
                if (Model.ReadFile(path).Version?.IsSameRelease(program.To) is true) return path;
            }
            catch (ModelSyntaxException e)
            {
                if (new FileInfo(path).Length > 0) fault ??= e.Message;
            }
        }
        throw Failed(fault is null
            ? EngineSentences.TransitionMadeNothing(program.Title, modelName, program.To, words.Said)
            : EngineSentences.TransitionMadeGarbage(program.Title, modelName, fault));
    }

    private EnergyPlusException TimedOut() =>
        new(EnergyPlusErrorKind.PreprocessorTimedOut, EngineSentences.TransitionTimedOut(program.Title, modelName, timeout));

    private EnergyPlusException Broken(LoaderFault fault) =>
        new(EnergyPlusErrorKind.Broken, $"{program.Path} does not run: {fault.Sentence}; {fault.Advice()}.");

    private static EnergyPlusException Failed(string message) => new(EnergyPlusErrorKind.PreprocessorFailed, message);
}
