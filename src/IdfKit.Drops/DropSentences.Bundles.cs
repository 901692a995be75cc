using IdfKit.Engine;

namespace IdfKit.Drops;

/// <summary>What a modeller reads of a bundle: whole sentences, and the reasons that go into them.</summary>
internal static partial class DropSentences
{
    internal static string BadBundle(string name, string why) =>
        $"The bundle '{Short(name, 60)}' cannot be run: {OneLine.Of(why, 200).TrimEnd('.')}.";

    internal static string BundleUnpacksTo(string name, string size) =>
        $"The bundle '{Short(name, 60)}' unpacks to more than {Short(size)}; drop its files without the bundle.";

    // Its entries

    internal static string TooManyEntries(int count, int most) => $"it has {count} entries, and at most {Count(most)} are taken.";

    internal static string EntryListTooLong(int most) =>
        $"its list of entries is longer than that of {Count(most)} entries needs to be; pack fewer files, without comments.";

    internal static string EntryTwice(string path) => $"'{Key(path)}' is in it twice.";

    internal static string EntryIsFileAndFolder(string path) => $"'{Key(path)}' is a file in it and a folder too; pack it again.";

    internal static string EntryIsNoPath(string path) => $"'{Key(path)}' is no path inside it.";

    internal static string EntryIsLink(string path) => $"'{Key(path)}' is a link; pack the file itself.";

    internal static string EntryIsEncrypted(string path) => $"'{Key(path)}' is encrypted; pack it without a password.";

    internal static string EntryNameTooLong(string path, int most) =>
        $"'{Short(path)}' has a name of more than {Count(most)} bytes; shorten it.";

    // What is in it

    internal static string NoModelInBundle() => "it holds no model (.idf or .epJSON).";

    internal static string SeveralModelsInBundle(IReadOnlyList<string> models) =>
        $"it holds {models.Count} models ({Listed(models)}); drop one .zip for each.";

    internal static string DamagedBundle(string why) => $"it cannot be unpacked ({OneLine.Of(why, 120).TrimEnd('.')}); pack it again.";
}
