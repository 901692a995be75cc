namespace IdfKit.Engine;

/// <summary>
/// Slab and Basement in the scratch folder that ExpandObjects has run in. Each reads what ExpandObjects has written for it,
/// <c>in.epw</c> and an IDD of its own, and writes objects that belong at the end of the model (EnergyPlus 25.2, Auxiliary Programs,
/// "Ground Heat Transfer in EnergyPlus").
/// </summary>
internal sealed class GroundTemperatures(EnergyPlusInstallation installation, ScratchFolder folder, TimeSpan timeout)
{
    private const string Weather = "in.epw";

    private static readonly (string Name, string Input, string Idd, string Output)[] Programs =
    [
        ("Basement", "BasementGHTIn.idf", "BasementGHT.idd", "EPObjects.TXT"),
        ("Slab", "GHTIn.idf", "SlabGHT.idd", "SLABSurfaceTemps.TXT"),
    ];

    /// <summary>Runs the programs that ExpandObjects has written something for, and adds what they make to the expanded model.</summary>
    /// <param name="expanded">The expanded model; it is changed.</param>
    /// <param name="weatherPath">The weather that the ground is under.</param>
    /// <param name="only">Only the program of this name, which then must have something to do; null: whichever have.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task AddAsync(string expanded, string? weatherPath, string? only, CancellationToken cancellationToken)
    {
        foreach (var (name, input, idd, output) in Programs)
        {
            if (only is not null && only != name) continue;
            var program = new Preprocessor(name, name == "Slab" ? installation.SlabPath : installation.BasementPath, installation, timeout);
            if (!File.Exists(folder[input]))
            {
                if (only is null) continue;
                throw program.Failed($"ExpandObjects found nothing for it: the model needs GroundHeatTransfer:Control and GroundHeatTransfer:{name}:* objects.");
            }
            if (weatherPath is null) throw program.Failed("it needs a weather file and none was given.");
            if (!File.Exists(folder[Weather])) File.Copy(weatherPath, folder[Weather]);
            var iddPath = Path.Combine(installation.Directory, Path.GetDirectoryName(InstallationFiles.Slab)!, idd);
            if (File.Exists(iddPath)) folder.Borrow(iddPath);

            var words = await program.RunAsync(folder, [], cancellationToken).ConfigureAwait(false);
            var made = Directory.EnumerateFiles(folder.Path).FirstOrDefault(file => Path.GetFileName(file).Equals(output, StringComparison.OrdinalIgnoreCase));
            if (made is null) throw program.Failed($"it wrote no {output}. {words}");
            await AppendAsync(made, expanded, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task AppendAsync(string objects, string model, CancellationToken cancellationToken)
    {
        var target = new FileStream(model, FileMode.Append, FileAccess.Write);
        await using (target.ConfigureAwait(false))
        {
            await target.WriteAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
            await target.WriteAsync(await File.ReadAllBytesAsync(objects, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
    }
}
