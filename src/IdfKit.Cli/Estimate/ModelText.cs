using System.IO.Compression;

using IdfKit.Drops;
using IdfKit.Engine;
using IdfKit.Runs.Staging;
using IdfKit.Storage.Files;

namespace IdfKit.Cli.Estimate;

/// <summary>What the text of a model tells of its run.</summary>
/// <param name="Megabytes">How large it is, in millions of bytes; that in a zip as it is unpacked.</param>
/// <param name="IsOfYear">Whether it simulates periods of a weather file, and not design days alone.</param>
internal sealed record ModelText(double Megabytes, bool IsOfYear)
{
    private const int LargestInZip = 64 << 20;

    /// <exception cref="ModelSyntaxException">It is no model.</exception>
    /// <exception cref="InvalidDataException">It is no zip with a model.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ModelText Read(string path)
    {
        using var file = new FileStream(RegularFile.Open(path), FileAccess.Read);
        return ModelBundle.IsBundle(path) ? Unpacked(file) : Of(file, file.Length);
    }

    private static ModelText Unpacked(FileStream file)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        var model = zip.Entries.FirstOrDefault(entry => IsModel(entry.Name)) ?? throw new InvalidDataException(CliSentences.NoModelInZip);
        using var text = new MemoryStream();
        using var content = model.Open();
        var buffer = new byte[64 * 1024];
        // Sizes that a zip tells may lie.
        while (text.Length < LargestInZip && content.Read(buffer) is > 0 and var count) text.Write(buffer, 0, count);
        text.Position = 0;
        return Of(text, text.Length);
    }

    private static ModelText Of(Stream text, long bytes) => new(bytes / 1e6, StagedModel.Look(text).NeedsWeather);

    private static bool IsModel(string name) => OutputLayout.IsModelOrBundle(ObjectKey.FromText(name)) && !ModelBundle.IsBundle(name);
}
