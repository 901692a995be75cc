using IdfKit.Engine.Children;
using IdfKit.Engine.Installations;
using IdfKit.Engine.Preparation;

namespace IdfKit.Engine;

/// <summary>
/// The programs beside EnergyPlus that rewrite a model or compute what it needs, each callable by itself. Each runs in a folder of
/// its own, as every child does, and is killed at <see cref="Timeout"/>. Where source and destination are the same file, it is replaced.
/// </summary>
/// <remarks>
/// Every method throws <see cref="EnergyPlusException"/>: ProgramMissing, PreprocessorFailed (with the end of what was printed),
/// PreprocessorTimedOut, Broken or CannotStart. Destinations are written only when the program has done its work.
/// </remarks>
/// <param name="installation">The EnergyPlus whose programs are used.</param>
public sealed class Preprocessors(EnergyPlusInstallation installation)
{
    private const int LongestExcerpt = 600;

    private readonly EnergyPlusInstallation _installation = installation ?? throw new ArgumentNullException(nameof(installation));

    /// <summary>Longest wall-clock run of one program.</summary>
    /// <value>Default 2 min. Must be positive.</value>
    public TimeSpan Timeout { get; init => field = (new PreparationOptions { Timeout = value }).Timeout; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How EnergyPlus is started, when it is: with <see cref="EngineOptions.Confine"/> the programs are confined as it is.
    /// </summary>
    /// <value>Default null: they are started directly.</value>
    public EngineOptions? Engine { get; init; }

    /// <summary>What the modeller calls the model, in messages.</summary>
    /// <value>Default null: the name of the file that a program is given.</value>
    public string? ModelName { get; init; }

    /// <summary>Writes the model with its HVACTemplate and ground heat transfer objects expanded; unchanged when it has none.</summary>
    public async Task ExpandObjectsAsync(string source, string destination, CancellationToken cancellationToken = default)
    {
        using var expansion = await ExpandAsync(source, cancellationToken).ConfigureAwait(false);
        File.Copy(expansion.ModelPath, destination, overwrite: true);
    }

    /// <summary>The same, but nothing is written, and the answer is false, when it has none.</summary>
    internal async Task<bool> TryExpandAsync(string source, string destination, CancellationToken cancellationToken)
    {
        using var expansion = await ExpandAsync(source, cancellationToken).ConfigureAwait(false);
        if (expansion.HasExpanded) File.Copy(expansion.ModelPath, destination, overwrite: true);
        return expansion.HasExpanded;
    }

    /// <summary>Writes the monthly ground temperatures under a slab as IDF objects.</summary>
    /// <param name="input">What ExpandObjects leaves as <c>GHTIn.idf</c>.</param>
    /// <param name="weather">The weather file.</param>
    /// <param name="destination">Gets the objects (<c>SLABSurfaceTemps.TXT</c>).</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task SlabAsync(string input, string weather, string destination, CancellationToken cancellationToken = default) =>
        GroundAsync(GroundProgram.Slab(_installation), input, weather, destination, cancellationToken);

    /// <summary>Writes the monthly temperatures around a basement as IDF objects.</summary>
    /// <param name="input">What ExpandObjects leaves as <c>BasementGHTIn.idf</c>.</param>
    /// <param name="weather">The weather file.</param>
    /// <param name="destination">Gets the objects (<c>EPObjects.TXT</c>).</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task BasementAsync(string input, string weather, string destination, CancellationToken cancellationToken = default) =>
        GroundAsync(GroundProgram.Basement(_installation), input, weather, destination, cancellationToken);

    /// <summary>
    /// Writes the model with its <c>##</c> lines carried out. Relative <c>##include</c> paths start at the model's
    /// folder, and must not lead out of it: that is PreprocessorFailed before EPMacro runs.
    /// </summary>
    public async Task RunMacrosAsync(string source, string destination, CancellationToken cancellationToken = default)
    {
        var program = Installed(_installation.EPMacroPath, "EPMacro");
        using var scratch = new ScratchFolder();
        // It looks for included files where it runs, and finds no others there. One that is not there may stand under a
        // condition that does not hold.
        var folder = Path.GetDirectoryName(Path.GetFullPath(source))!;
        foreach (var included in MacroFiles.IncludedBy(source).Where(included => File.Exists(Path.Combine(folder, included.Path))))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(scratch[included.Path])!);
            File.Copy(Path.Combine(folder, included.Path), scratch[included.Path], overwrite: true);
        }
        File.Copy(source, scratch["in.imf"], overwrite: true);
        await RunAsync(program, "EPMacro", [], scratch, scratch["out.idf"], source, cancellationToken).ConfigureAwait(false);
        if (Complaints.In(scratch["out.idf"], "EPMacro") is { } complaint) throw Complained("EPMacro", source, complaint);
        File.Copy(scratch["out.idf"], destination, overwrite: true);
    }

    /// <summary>Rewrites an older IDF model for this EnergyPlus, version by version.</summary>
    /// <returns>The steps taken ("Transition 24.2 to 25.1"); empty when the model is of this version already, or names none.</returns>
    /// <exception cref="ModelSyntaxException">The model cannot be read.</exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(string source, string destination, CancellationToken cancellationToken = default)
    {
        var to = _installation.Version;
        var from = Model.ReadFile(source).Version ?? to;
        if (TransitionProgram.Chain(TransitionProgram.Of([_installation]), from, to) is not { } chain)
            throw new EnergyPlusException(
                EnergyPlusErrorKind.ProgramMissing,
                EngineSentences.NoTransitions(NameOf(source), from, to, TransitionProgram.FolderOf(_installation)));
        await MigrateAsync(source, destination, chain, [], cancellationToken).ConfigureAwait(false);
        return [.. chain.Select(program => program.Title)];
    }

    /// <summary>
    /// The same with programs that were chosen already, which may be another installation's; all that ran is added to
    /// the steps.
    /// </summary>
    internal async Task MigrateAsync(
        string source, string destination,
        IReadOnlyList<TransitionProgram> chain, ICollection<MigrationStep> steps, CancellationToken cancellationToken)
    {
        using var scratch = new ScratchFolder();
        var model = scratch["in.idf"];
        File.Copy(source, model);
        foreach (var program in chain)
        {
            var step = new TransitionRun(program, NameOf(source), Timeout, Host);
            await step.RewriteAsync(model, steps, cancellationToken).ConfigureAwait(false);
        }
        File.Copy(model, destination, overwrite: true);
    }

    /// <summary>Expands IDF in place and appends what the ground programs compute for it.</summary>
    internal async Task<IReadOnlyList<string>> ExpandAllAsync(string path, string? weather, CancellationToken cancellationToken)
    {
        List<string> ran = ["ExpandObjects"];
        using var expansion = await ExpandAsync(path, cancellationToken).ConfigureAwait(false);
        // In the order of EnergyPlus's own script for this (runenergyplus).
        var (basement, slab) = (GroundProgram.Basement(_installation), GroundProgram.Slab(_installation));
        foreach (var (ground, input) in new[] { (basement, expansion.BasementInput), (slab, expansion.SlabInput) })
        {
            if (input is null) continue;
            if (weather is null)
                throw new EnergyPlusException(EnergyPlusErrorKind.PreprocessorFailed,
                    $"The model needs {ground.Name}, which reads weather, and no weather file is given; name one.");
            await GroundAsync(ground, input, weather, input + ".objects", cancellationToken).ConfigureAwait(false);
            await File.AppendAllBytesAsync(expansion.ModelPath,
                [(byte)'\n', .. await File.ReadAllBytesAsync(input + ".objects", cancellationToken).ConfigureAwait(false)],
                cancellationToken).ConfigureAwait(false);
            ran.Add(ground.Name);
        }
        File.Copy(expansion.ModelPath, path, overwrite: true);
        return ran;
    }

    private async Task<Expansion> ExpandAsync(string source, CancellationToken cancellationToken)
    {
        var program = Installed(_installation.ExpandObjectsPath, "ExpandObjects");
        var scratch = new ScratchFolder();
        try
        {
            File.Copy(source, scratch["in.idf"]);
            scratch.Link(Path.Combine(_installation.Directory, InstallationFiles.Idd));
            await RunAsync(program, "ExpandObjects", [], scratch, made: null, source, cancellationToken).ConfigureAwait(false);
            var expansion = new Expansion(scratch);
            if (expansion.Complaint is { } complaint) throw Complained("ExpandObjects", source, complaint);
            if (!File.Exists(expansion.ModelPath)) throw Complained("ExpandObjects", source, "it left no model that can be read.");
            return expansion;
        }
        catch
        {
            scratch.Dispose();
            throw;
        }
    }

    private async Task GroundAsync(
        GroundProgram ground, string input, string weather, string destination, CancellationToken cancellationToken)
    {
        var program = Installed(ground.Path, ground.Name);
        using var scratch = new ScratchFolder();
        File.Copy(input, scratch[ground.InputName]);
        File.Copy(weather, scratch["in.epw"]);
        if (File.Exists(ground.Dictionary)) scratch.Link(ground.Dictionary);
        await RunAsync(program, ground.Name, [], scratch, scratch[ground.ResultName], input, cancellationToken).ConfigureAwait(false);
        File.Copy(scratch[ground.ResultName], destination, overwrite: true);
    }

    private async Task RunAsync(
        string program, string name, IReadOnlyList<string> arguments,
        ScratchFolder scratch, string? made, string subject, CancellationToken cancellationToken)
    {
        var ended = await Tool.RunAsync(
            program, arguments, scratch.Root, Timeout, cancellationToken,
            host: Host, readable: [_installation.Directory]).ConfigureAwait(false)
            ?? throw new EnergyPlusException(EnergyPlusErrorKind.PreprocessorTimedOut,
                $"{name} was stopped on {NameOf(subject)} after {Timeout.TotalSeconds:0.###} s, "
                    + "its time limit; allow it more time or simplify the model.");
        scratch.KeepPlainFiles();
        if (LoaderFault.In(ended.Text) is { } fault)
            throw new EnergyPlusException(EnergyPlusErrorKind.Broken,
                $"{name} in {_installation.Directory} does not run: {fault.Sentence}; {fault.Advice()}.");
        if (ended.Exit.ExitCode == 0 && (made is null || new FileInfo(made) is { Exists: true, Length: > 0 })) return;
        var how = ended.Exit switch
        {
            { Signal: { } signal } => $"signal {signal}", { ExitCode: 0 } => "without a result", var exit => $"exit code {exit.ExitCode}"
        };
        throw new EnergyPlusException(
            EnergyPlusErrorKind.PreprocessorFailed, $"{name} failed on {NameOf(subject)} ({how}): {Excerpt(ended.Text)}");
    }

    private HostProgram? Host => Engine is { Confine: true } ? Engine.Host() : null;

    private string NameOf(string path) => ModelName ?? Path.GetFileName(path);

    private EnergyPlusException Complained(string name, string subject, string words) =>
        new(EnergyPlusErrorKind.PreprocessorFailed, $"{name} failed on {NameOf(subject)}: {Excerpt(words)}");

    private string Installed(string? path, string name) => path
        ?? throw new EnergyPlusException(EnergyPlusErrorKind.ProgramMissing,
            EngineSentences.ProgramMissing(name, _installation.Directory, _installation.Version));

    private static string Excerpt(string text)
    {
        var line = string.Join(" | ", text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? "it printed nothing." : line.Length <= LongestExcerpt ? line : "... " + line[^LongestExcerpt..];
    }
}
