namespace IdfKit.Engine.Models;

/// <summary>
/// A model's file as it was dropped, read, and what must become of the staged copy so that EnergyPlus reads the same:
/// <see cref="Extension"/> is how its name must end, and <see cref="Rewrite(string)"/> gives it the text as UTF-8.
/// </summary>
internal sealed class StagedText
{
    private StagedText(Model model, IReadOnlyList<string> notices) => (Model, Notices) = (model, notices);

    public Model Model { get; }

    /// <summary>How EnergyPlus wants the staged file's name to end, since it goes by the name: <c>.idf</c> or <c>.epJSON</c>.</summary>
    public string Extension => Model.Format is ModelFormat.EpJson ? ".epJSON" : ".idf";

    /// <summary>What is done to the staged copy, as sentences for the record.</summary>
    public IReadOnlyList<string> Notices { get; }

    /// <summary>Whether EnergyPlus would not read the file as it is.</summary>
    public bool MustRewrite => Model.Text.DiffersFromFile;

    /// <summary>How the file was written.</summary>
    public TextEncoding WrittenAs => Model.Text.WrittenAs;

    /// <summary>Reads a file that is called <paramref name="name"/> where it was dropped.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="closesEnd">Whether a comma that ends it becomes a semicolon; <see cref="Model.HasClosedEnd"/> says so.</param>
    /// <exception cref="ModelSyntaxException">It is no model; the message is one sentence that names it.</exception>
    public static StagedText Read(string path, string name, bool closesEnd = false)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, name, closesEnd);
    }

    /// <summary>Reads what is called <paramref name="name"/> where it was dropped. The stream is read to its end and not closed.</summary>
    /// <param name="stream">What is read.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="closesEnd">Whether a comma that ends it becomes a semicolon; <see cref="Model.HasClosedEnd"/> says so.</param>
    /// <exception cref="ModelSyntaxException">It is no model; the message is one sentence that names it.</exception>
    public static StagedText Read(Stream stream, string name, bool closesEnd = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var model = Model.Read(stream, name, closesEnd);
        return new StagedText(model, [.. NoticesOf(model, name)]);
    }

    /// <summary>Gives a staged copy the model's text as UTF-8 where it differs; whole or not at all.</summary>
    public void Rewrite(string path) => Rewrite(Model, path);

    /// <summary>Gives a staged copy a model's text as UTF-8 where it differs; whole or not at all.</summary>
    internal static void Rewrite(Model model, string path)
    {
        if (!model.Text.DiffersFromFile) return;
        var beside = path + ".utf-8";
        try
        {
            using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1))
                file.Write(model.Text.Span);
            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>What the staged copy of a model holds, once it has been rewritten where it must be.</summary>
    internal static ReadOnlyMemory<byte> BytesOf(Model model, string path)
    {
        Rewrite(model, path);
        // Where only comments hold other bytes than UTF-8 the file keeps them.
        return model.Text.IsFilesText ? model.Text.Memory : File.ReadAllBytes(path);
    }

    private static IEnumerable<string> NoticesOf(Model model, string name)
    {
        var (who, text) = (EngineSentences.Who(name), model.Text);
        if (text.WrittenAs is TextEncoding.Utf16) yield return EngineSentences.WasUtf16(who);
        if (text.WrittenAs is TextEncoding.Windows1252) yield return EngineSentences.WasWindows1252(who);
        if (text.WrittenAs is TextEncoding.ShiftJis) yield return EngineSentences.WasShiftJis(who);
        if (text.EndedWithControlZ) yield return EngineSentences.EndedWithControlZ(who);
        var extension = Path.GetExtension(name);
        if (model.Format is ModelFormat.EpJson && Is(extension, ".idf", ".imf")) yield return EngineSentences.HoldsEpJson(who);
        if (model.Format is ModelFormat.Idf && Is(extension, ".epJSON", ".json")) yield return EngineSentences.HoldsIdf(who);
    }

    private static bool Is(string extension, string one, string other) =>
        extension.Equals(one, StringComparison.OrdinalIgnoreCase) || extension.Equals(other, StringComparison.OrdinalIgnoreCase);
}
