namespace IdfKit.Engine;

/// <summary>
/// The programs that see a model before EnergyPlus does, called by themselves. The model is never changed; each call writes another file,
/// whole or not at all. Its folder also holds their scratch files while they run.
/// </summary>
/// <remarks>
/// Every call throws <see cref="EnergyPlusException"/> with the program as its subject: NotFound when it is not installed,
/// PreprocessorFailed with the program's own words, PreprocessorTimedOut, Broken or CannotStart; <see cref="ModelSyntaxException"/> when
/// the model cannot be read; <see cref="OperationCanceledException"/> when canceled, with nothing left behind.
/// </remarks>
public static class Preprocessors
{
    /// <summary>The longest run of one program when a call names none: 2 min.</summary>
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromMinutes(2);

    /// <summary>Expands <c>HVACTemplate:*</c> objects into ordinary ones. Ground objects become comments and are not computed.</summary>
    /// <param name="installation">Where the programs are.</param>
    /// <param name="modelPath">The model, IDF.</param>
    /// <param name="outputPath">What is written; replaced when it is there.</param>
    /// <param name="timeout">Longest run of a program; null: <see cref="DefaultTimeout"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns><paramref name="outputPath"/> as an absolute path. Where nothing is to be expanded it is a copy.</returns>
    public static Task<string> ExpandObjectsAsync(
        EnergyPlusInstallation installation, string modelPath, string outputPath, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        WriteAsync(installation, outputPath, timeout, (folder, longest) => new ObjectExpansion(installation, folder, longest).RunAsync(modelPath, cancellationToken));

    /// <summary>Expands the model as <see cref="ExpandObjectsAsync"/> does, and runs Slab and Basement where it asks for them.</summary>
    /// <inheritdoc cref="ExpandObjectsAsync" path="/param"/>
    /// <param name="installation"/><param name="modelPath"/>
    /// <param name="weatherPath">The weather, EPW; null only when neither Slab nor Basement is needed.</param>
    /// <param name="outputPath"/><param name="timeout"/><param name="cancellationToken"/>
    /// <returns><paramref name="outputPath"/> as an absolute path.</returns>
    public static Task<string> ExpandAllAsync(
        EnergyPlusInstallation installation, string modelPath, string? weatherPath, string outputPath, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        ExpandGroundAsync(installation, modelPath, weatherPath, outputPath, only: null, timeout, cancellationToken);

    /// <summary>Expands the model and adds the temperatures under its slabs, computed by Slab.</summary>
    /// <inheritdoc cref="ExpandAllAsync" path="/param"/>
    /// <returns><paramref name="outputPath"/> as an absolute path.</returns>
    public static Task<string> SlabAsync(
        EnergyPlusInstallation installation, string modelPath, string weatherPath, string outputPath, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        ExpandGroundAsync(installation, modelPath, weatherPath, outputPath, "Slab", timeout, cancellationToken);

    /// <summary>Expands the model and adds the temperatures around its basement, computed by Basement.</summary>
    /// <inheritdoc cref="ExpandAllAsync" path="/param"/>
    /// <returns><paramref name="outputPath"/> as an absolute path.</returns>
    public static Task<string> BasementAsync(
        EnergyPlusInstallation installation, string modelPath, string weatherPath, string outputPath, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        ExpandGroundAsync(installation, modelPath, weatherPath, outputPath, "Basement", timeout, cancellationToken);

    /// <summary>Carries out the macro lines (<c>##</c>) of a model with EPMacro. What it includes must lie in the model's own folder or below.</summary>
    /// <inheritdoc cref="ExpandObjectsAsync" path="/param"/>
    /// <returns><paramref name="outputPath"/> as an absolute path.</returns>
    public static Task<string> ExpandMacrosAsync(
        EnergyPlusInstallation installation, string modelPath, string outputPath, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        WriteAsync(installation, outputPath, timeout, (folder, longest) => new MacroExpansion(installation, folder, longest).RunAsync(modelPath, cancellationToken));

    /// <summary>Brings a model to the installation's version with the Transition programs, one step after the other.</summary>
    /// <inheritdoc cref="ExpandObjectsAsync" path="/param"/>
    /// <returns><paramref name="outputPath"/> as an absolute path. A model that needs no step is copied.</returns>
    public static Task<string> MigrateAsync(
        EnergyPlusInstallation installation, string modelPath, string outputPath, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        WriteAsync(installation, outputPath, timeout, (folder, longest) =>
        {
            var check = VersionCheck.Of(ReadIdf(modelPath, "Transition"), installation, VersionPolicy.Migrate);
            return check.Refusal is { } refusal
                ? throw new EnergyPlusException(EnergyPlusErrorKind.NotFound, refusal + ".") { Subject = "Transition" }
                : new Migration(installation, folder, longest).RunAsync(modelPath, check.Transitions, cancellationToken);
        });

    internal static Model ReadIdf(string path, string program)
    {
        using var stream = File.OpenRead(path);
        var model = Model.Read(stream);
        return model.Format == ModelFormat.Idf ? model
            : throw new EnergyPlusException(EnergyPlusErrorKind.PreprocessorFailed, $"{program} reads IDF only, and {Path.GetFileName(path)} is epJSON; convert it with EnergyPlus's ConvertInputFormat.") { Subject = program };
    }

    private static Task<string> ExpandGroundAsync(
        EnergyPlusInstallation installation, string modelPath, string? weatherPath, string outputPath, string? only, TimeSpan? timeout, CancellationToken cancellationToken) =>
        WriteAsync(installation, outputPath, timeout, async (folder, longest) =>
        {
            var expanded = await new ObjectExpansion(installation, folder, longest).RunAsync(modelPath, cancellationToken).ConfigureAwait(false);
            await new GroundTemperatures(installation, folder, longest).AddAsync(expanded, weatherPath, only, cancellationToken).ConfigureAwait(false);
            return expanded;
        });

    private static async Task<string> WriteAsync(EnergyPlusInstallation installation, string outputPath, TimeSpan? timeout, Func<ScratchFolder, TimeSpan, Task<string>> make)
    {
        ArgumentNullException.ThrowIfNull(installation);
        ArgumentException.ThrowIfNullOrEmpty(outputPath);
        var output = Path.GetFullPath(outputPath);
        using var folder = new ScratchFolder(Path.GetDirectoryName(output)!);
        File.Move(await make(folder, timeout ?? DefaultTimeout).ConfigureAwait(false), output, overwrite: true);
        return output;
    }
}
