namespace IdfKit.Engine;

/// <summary>
/// ExpandObjects in a scratch folder: it reads <c>in.idf</c> and <c>Energy+.idd</c>, and writes <c>expanded.idf</c> when there was
/// something to expand, <c>GHTIn.idf</c> for Slab, <c>BasementGHTIn.idf</c> for Basement, and <c>expandedidf.err</c> when it complains.
/// </summary>
internal sealed class ObjectExpansion(EnergyPlusInstallation installation, ScratchFolder folder, TimeSpan timeout)
{
    private const string Input = "in.idf", Output = "expanded.idf", Complaints = "expandedidf.err";

    private readonly Preprocessor _program = new("ExpandObjects", installation.ExpandObjectsPath, installation, timeout);

    /// <summary>The expanded model; the copy of the model itself when nothing was to be expanded.</summary>
    public async Task<string> RunAsync(string modelPath, CancellationToken cancellationToken)
    {
        var model = Preprocessors.ReadIdf(modelPath, "ExpandObjects");
        File.Copy(modelPath, folder[Input]);
        if (model.HasLoneCarriageReturns) LineEnds.Mend(folder[Input]);
        folder.Borrow(Path.Combine(installation.Directory, InstallationFiles.Idd));
        await _program.RunAsync(folder, [], cancellationToken).ConfigureAwait(false);

        var complaints = File.Exists(folder[Complaints]) ? await File.ReadAllTextAsync(folder[Complaints], cancellationToken).ConfigureAwait(false) : "";
        if (File.Exists(folder[Output]))
        {
            _program.ThrowIfItComplains(Preprocessors.ReadIdf(folder[Output], "ExpandObjects"));
            return folder[Output];
        }
        if (complaints.Length > 0) throw _program.Failed(complaints);
        return folder[Input];
    }
}
