using System.Text;

using IdfKit.Drops.Objects;
using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Drops;

/// <summary>What each key is, and which folder its results go into.</summary>
public sealed class OutputLayout
{
    private const string JobFileExtension = ".job.json"; // the longest that a companion of the same stem has

    private readonly string _inputPrefix;
    private readonly string _outputPrefix;

    /// <param name="inputPrefix">Models lie under it; empty or ending with <c>/</c>.</param>
    /// <param name="outputPrefix">Results go under it; empty only when they go into another bucket.</param>
    /// <param name="sameBucket">Whether inputs and outputs share a bucket.</param>
    /// <exception cref="ArgumentException">Writing results would trigger runs: the output prefix lies in the input prefix.</exception>
    public OutputLayout(string inputPrefix, string outputPrefix, bool sameBucket)
    {
        if (sameBucket && outputPrefix.StartsWith(inputPrefix, StringComparison.Ordinal))
            throw new ArgumentException(
                $"The output prefix '{outputPrefix}' lies under the input prefix '{inputPrefix}' of the same "
                    + "bucket, so results would start runs; choose another output prefix or an output bucket.");
        _inputPrefix = inputPrefix;
        _outputPrefix = outputPrefix;
    }

    /// <summary>Results go under it; empty or ending with <c>/</c>.</summary>
    public string OutputPrefix => _outputPrefix;

    /// <summary>Where the notes for models lie that the function's deadline stopped.</summary>
    internal string UnfinishedFolder => UnfinishedFolderOf(_outputPrefix);

    /// <summary>The same for any output prefix.</summary>
    internal static string UnfinishedFolderOf(string outputPrefix) => outputPrefix + ".timed-out/";

    /// <summary>What a dropped object is by its key.</summary>
    /// <param name="key">The key that was put.</param>
    /// <param name="inOutputBucket">Whether it lies in the bucket that results are written to.</param>
    internal DropKind KindOf(ObjectKey key, bool inOutputBucket)
    {
        var (value, isOutput) = (key.Value, inOutputBucket && IsUnder(key, _outputPrefix) && _outputPrefix.Length > 0);
        if (isOutput && IsUnder(key, UnfinishedFolder)) return new DropKind.Note();
        if (value.EndsWith('/')) return new DropKind.Outside(DropSentences.FolderMarker(value));
        if (isOutput) return new DropKind.Outside(DropSentences.UnderOutputs(value, _outputPrefix));
        if (!IsUnder(key, _inputPrefix)) return new DropKind.Outside(DropSentences.OutsideInputs(value, _inputPrefix));
        if (FileKind.IsStudy(key))
            return WhyBadKey(key) is { } unfit ? new DropKind.Outside(unfit) : new DropKind.Study();
        if (FileKind.WhyNoModel(key) is { } why) return new DropKind.MistakenModel(RunReason.NotAModel, why);
        if (!FileKind.IsAnswered(key)) return FileKind.IsJobFile(key) ? new DropKind.JobFile() : new DropKind.Companion();
        if (WhyBadKey(key) is { } bad) return new DropKind.MistakenModel(RunReason.BadKey, bad);
        return FileKind.IsBundle(key) ? new DropKind.Bundle() : new DropKind.Model();
    }

    /// <summary>One sentence why <paramref name="key"/> is not run; null when it is a model or a bundle.</summary>
    /// <param name="key">The key that was put.</param>
    /// <param name="inOutputBucket">Whether it lies in the bucket that results are written to.</param>
    public string? WhyNotRun(ObjectKey key, bool inOutputBucket) => KindOf(key, inOutputBucket) switch
    {
        DropKind.Model or DropKind.Bundle or DropKind.Study => null,
        DropKind.MistakenModel mistaken => mistaken.Sentence,
        DropKind.Outside outside => outside.Why,
        _ => DropSentences.NoModel(key.Value),
    };

    /// <summary>Whether <paramref name="key"/> is a file under the input prefix of which no record tells.</summary>
    public bool IsSilent(ObjectKey key) => KindOf(key, inOutputBucket: true) is DropKind.Companion;

    /// <summary>Whether <paramref name="key"/> is under neither prefix.</summary>
    public bool IsOutside(ObjectKey key) => !IsUnder(key, _inputPrefix) && !(_outputPrefix.Length > 0 && IsUnder(key, _outputPrefix));

    /// <summary>Whether a file is a model or a bundle by its name, wherever it stands.</summary>
    public static bool IsModelOrBundle(ObjectKey key) => FileKind.IsModel(key) || FileKind.IsBundle(key);

    /// <summary>
    /// The folder of a model's results, without a trailing <c>/</c>: <c>outputs/a/office</c> of
    /// <c>inputs/a/office.idf</c>. Other extensions stay in the name, and parts of the key that no path can have are
    /// escaped, so that no two keys that are answered share a folder.
    /// </summary>
    public string FolderOf(ObjectKey key) => ResultFolder.Of(_outputPrefix, NameOf(key));

    /// <summary>
    /// The folder of a study's results, without a trailing <c>/</c>: <c>outputs/a/office.study</c> of
    /// <c>inputs/a/office.study.csv</c>, and of a model that is a study by itself, <c>inputs/a/office.idf</c>.
    /// </summary>
    public string StudyFolderOf(ObjectKey key)
    {
        var name = key.WithoutExtension + (FileKind.IsStudy(key) ? "" : FileKind.StudyFolder);
        return ResultFolder.Of(_outputPrefix, NameOf(ObjectKey.FromText(name)));
    }

    private string? WhyBadKey(ObjectKey key)
    {
        var longestCompanion = Encoding.UTF8.GetByteCount(key.WithoutExtension) + JobFileExtension.Length;
        var isTooLong = longestCompanion > StoragePath.MaxBytes || !ResultFolder.HasRoom(_outputPrefix, NameOf(key));
        if (isTooLong) return DropSentences.KeyTooLong(key.Value, StoragePath.MaxBytes);
        return key.IsPath ? null : DropSentences.KeyIsNoPath(key.Value);
    }

    private string NameOf(ObjectKey key) => IsUnder(key, _inputPrefix) ? key.Value[_inputPrefix.Length..] : key.Value;

    private static bool IsUnder(ObjectKey key, string prefix) => key.Value.StartsWith(prefix, StringComparison.Ordinal);
}
