namespace IdfKit.Engine;

/// <summary>EPMacro in a scratch folder that holds the model and what it includes, and nothing else: <c>in.imf</c> becomes <c>out.idf</c>.</summary>
internal sealed class MacroExpansion(EnergyPlusInstallation installation, ScratchFolder folder, TimeSpan timeout)
{
    private const string Input = "in.imf", Output = "out.idf";

    public async Task<string> RunAsync(string modelPath, CancellationToken cancellationToken)
    {
        var program = new Preprocessor("EPMacro", installation.EpMacroPath, installation, timeout);
        var source = Path.GetDirectoryName(Path.GetFullPath(modelPath))!;
        foreach (var included in MacroFiles.IncludedBy(modelPath))
        {
            var from = Path.Combine(source, included.Path);
            if (!File.Exists(from)) continue; // it may stand under a condition that does not hold; EPMacro says when it is missed
            var to = folder[included.Path];
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(from, to, overwrite: true);
        }
        File.Copy(modelPath, folder[Input], overwrite: true);
        var words = await program.RunAsync(folder, [], cancellationToken).ConfigureAwait(false);
        if (!File.Exists(folder[Output])) throw program.Failed($"it wrote no {Output}. {words}");
        program.ThrowIfItComplains(Preprocessors.ReadIdf(folder[Output], "EPMacro"));
        return folder[Output];
    }
}
