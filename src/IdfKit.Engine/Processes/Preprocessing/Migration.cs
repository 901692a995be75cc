namespace IdfKit.Engine;

/// <summary>
/// The Transition programs, one after the other, in a scratch folder with their IDDs and tables. Each takes the model's path, keeps the
/// old text as <c>in.idfold</c>, and leaves the new one as <c>in.idfnew</c> and mostly as <c>in.idf</c>, too.
/// </summary>
internal sealed class Migration(EnergyPlusInstallation installation, ScratchFolder folder, TimeSpan timeout)
{
    private const string Input = "in.idf", New = "in.idfnew";

    public async Task<string> RunAsync(string modelPath, IReadOnlyList<VersionTransition> steps, CancellationToken cancellationToken)
    {
        File.Copy(modelPath, folder[Input]);
        if (Preprocessors.ReadIdf(modelPath, "Transition").HasLoneCarriageReturns) LineEnds.Mend(folder[Input]);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(installation.Directory, InstallationFiles.Updater)))
            if (Path.GetExtension(file).ToLowerInvariant() is ".idd" or ".csv") folder.Borrow(file);
        foreach (var step in steps) await MakeAsync(step, cancellationToken).ConfigureAwait(false);
        return folder[Input];
    }

    private async Task MakeAsync(VersionTransition step, CancellationToken cancellationToken)
    {
        var program = new Preprocessor(step.ProgramName, installation.TransitionPath(step), installation, timeout);
        File.Delete(folder[New]);
        var words = await program.RunAsync(folder, [folder[Input]], cancellationToken).ConfigureAwait(false);
        if (IsFor(step.To, folder[Input])) return;
        if (!IsFor(step.To, folder[New])) throw program.Failed($"it made no model for {step.To.Major}.{step.To.Minor}. {words}");
        File.Move(folder[New], folder[Input], overwrite: true);
    }

    private static bool IsFor(EnergyPlusVersion version, string path) =>
        File.Exists(path) && Preprocessors.ReadIdf(path, "Transition").Version is { } found && (found.Major, found.Minor) == (version.Major, version.Minor);
}
