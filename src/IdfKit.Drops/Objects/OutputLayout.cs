using System.Text;

namespace IdfKit.Drops;

/// <summary>Which keys are models, and where the results of each lie.</summary>
public sealed class OutputLayout
{
    private const int LongestKeyBytes = 1024; // Amazon S3: the name of a key is at most 1,024 bytes of UTF-8
    private const int LongestResultNameBytes = 48; // eplusout.* and the preprocessors' files are all shorter

    private static readonly string[] ModelExtensions = [".idf", ".epjson"];
    private const string BundleExtension = ".zip";

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
                $"The output prefix '{outputPrefix}' lies under the input prefix '{inputPrefix}' of the same bucket, so results would start runs; choose another output prefix or an output bucket.");
        _inputPrefix = inputPrefix;
        _outputPrefix = outputPrefix;
    }

    /// <summary>Results go under it; empty or ending with <c>/</c>.</summary>
    public string OutputPrefix => _outputPrefix;

    /// <summary>Why <paramref name="key"/> is not a model to run, in a few words; null when it is one.</summary>
    /// <param name="key">The key that was put.</param>
    /// <param name="inOutputBucket">Whether it lies in the bucket that results are written to.</param>
    public string? WhyIgnored(ObjectKey key, bool inOutputBucket)
    {
        if (key.Value.EndsWith('/')) return "a folder marker";
        if (!key.IsPath) return "not a valid path";
        if (inOutputBucket && _outputPrefix.Length > 0 && key.Value.StartsWith(_outputPrefix, StringComparison.Ordinal)) return "under the output prefix";
        if (!key.Value.StartsWith(_inputPrefix, StringComparison.Ordinal)) return $"outside the input prefix '{_inputPrefix}'";
        if (!IsModel(key)) return "not a model (.idf, .epJSON or a .zip with one)";
        if (Encoding.UTF8.GetByteCount(FolderOf(key)) + 1 + LongestResultNameBytes > LongestKeyBytes) return "so long that the keys of its results would pass 1,024 bytes";
        return null;
    }

    /// <summary>Whether <paramref name="key"/> may be a file that a model needs: any file under the input prefix that is no result.</summary>
    public bool MayBeCompanion(ObjectKey key, bool inOutputBucket) =>
        key.IsPath && key.Value.StartsWith(_inputPrefix, StringComparison.Ordinal) && !IsModel(key)
        && !(inOutputBucket && _outputPrefix.Length > 0 && key.Value.StartsWith(_outputPrefix, StringComparison.Ordinal));

    /// <summary>
    /// The folder of a model's results, without a trailing <c>/</c>: <c>outputs/a/office</c> of <c>inputs/a/office.idf</c>.
    /// Other extensions stay in the name, so that two models that differ only in it never meet.
    /// </summary>
    public string FolderOf(ObjectKey key)
    {
        var name = key.Value.StartsWith(_inputPrefix, StringComparison.Ordinal) ? key.Value[_inputPrefix.Length..] : key.Value;
        return _outputPrefix + name[..^(HasExtension(key, ".idf") ? key.Extension.Length : 0)];
    }

    /// <summary>Whether a file is a model by its name.</summary>
    public static bool IsModelFile(ObjectKey key) => ModelExtensions.Any(extension => HasExtension(key, extension));

    private static bool IsModel(ObjectKey key) => IsModelFile(key) || HasExtension(key, BundleExtension);

    private static bool HasExtension(ObjectKey key, string extension) => key.Extension.Equals(extension, StringComparison.OrdinalIgnoreCase);
}
