namespace IdfKit.Engine;

/// <summary>Runs one program on a model in a scratch folder, and turns what goes wrong into a typed error.</summary>
/// <param name="name">What it is called in messages.</param>
/// <param name="path">Where it is; null: not installed.</param>
/// <param name="installation">What it belongs to.</param>
/// <param name="timeout">Its longest run.</param>
internal sealed class Preprocessor(string name, string? path, EnergyPlusInstallation installation, TimeSpan timeout)
{
    private const int MostWords = 600;

    /// <summary>Runs it to its end. What it has made is for the caller to find; these programs end with 0 even when they fail.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="EnergyPlusException">NotFound, Broken, CannotStart, PreprocessorFailed or PreprocessorTimedOut, about this program.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    public async Task<string> RunAsync(ScratchFolder folder, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (path is null)
            throw new EnergyPlusException(EnergyPlusErrorKind.NotFound, $"The model needs {name}, which is not installed with EnergyPlus {installation.Version} in {installation.Directory}; install EnergyPlus whole.") { Subject = name };
        var start = new ChildStart
        {
            Program = path,
            Arguments = arguments,
            WorkingDirectory = folder.Path,
            Environment = ChildEnvironment.For(folder.Path),
            KillGrace = TimeSpan.Zero,
        };
        ProgramRun run;
        try { run = await ProgramRun.RunAsync(start, timeout, cancellationToken).ConfigureAwait(false); }
        catch (EnergyPlusException e) { throw new EnergyPlusException(e.Kind, e.Message, e) { Subject = name }; }
        if (run.HasTimedOut)
            throw new EnergyPlusException(EnergyPlusErrorKind.PreprocessorTimedOut, $"{name} was stopped after the {timeout.TotalSeconds:0.###} s that it may take; give it more time or simplify the model.") { Subject = name };
        if (LoaderFault.In(run.Output) is { } missing)
            throw new EnergyPlusException(EnergyPlusErrorKind.Broken, $"{name} in {installation.Directory} does not run: {missing}. Install what is missing.") { Subject = name };
        if (run.Exit.Signal is { } signal) throw Failed($"it crashed (signal {signal}). {run.Output}");
        if (run.Exit.ExitCode is not (0 or null)) throw Failed($"it ended with exit code {run.Exit.ExitCode}. {run.Output}");
        return run.Output;
    }

    /// <summary>That it has failed, in its own words.</summary>
    public EnergyPlusException Failed(string words)
    {
        var plain = string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return new(EnergyPlusErrorKind.PreprocessorFailed, $"{name} could not prepare the model: {(plain.Length > MostWords ? plain[..MostWords] + "…" : plain)}") { Subject = name };
    }

    /// <summary>Throws for the first <c>Output:PreprocessorMessage</c> of Severe or Fatal that it has left in the model for EnergyPlus to report.</summary>
    public void ThrowIfItComplains(Model made)
    {
        foreach (var message in made.ObjectsOf("Output:PreprocessorMessage"))
        {
            if (message.FieldCount < 2 || !name.Equals(message.Name, StringComparison.OrdinalIgnoreCase)) continue;
            if (message.Fields[1].ToLowerInvariant() is "severe" or "fatal")
                throw Failed(string.Join(' ', message.Fields.Skip(2).Where(line => !line.StartsWith("refer to <file>", StringComparison.Ordinal))));
        }
    }
}
