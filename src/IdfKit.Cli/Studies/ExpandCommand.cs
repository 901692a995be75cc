using System.CommandLine;

using IdfKit.Drops;
using IdfKit.Storage;
using IdfKit.Studies;

namespace IdfKit.Cli.Studies;

/// <summary><c>idfkit study expand FILE -o FOLDER</c>: the variants as files.</summary>
internal static class ExpandCommand
{
    private const string Name = "expand";

    private const string Help = """
        Writes the variants of a study as files into FOLDER: NAME.idf or NAME.epJSON, each the model byte for byte but for
        what its row sets. Nothing is simulated. Files that a model names by paths of its own folder are not copied.

        A file of that name that holds something else is not overwritten, and then nothing is written, unless --force says
        so; the study's own models never are.

        Example: idfkit study expand office.study.csv -o variants
        Exit codes: 0 all variants are there; 1 they are not; 2 wrong usage.
        """;

    public static Command Create()
    {
        var file = StudyArguments.File();
        var folder = StudyArguments.NotEmpty(new Option<string>("--output", "-o")
        {
            Description = "The folder that they are written into; made when absent.", HelpName = "FOLDER", Required = true,
        });
        var force = new Option<bool>("--force") { Description = "Overwrite files that hold something else." };
        var command = new Command(Name, Help) { file, folder, force };
        command.SetAction((parsed, cancellationToken) => StudyGuard.DoAsync(Name, async () =>
        {
            await using var place = StudyPlace.Of(parsed.GetValue(file)!, null);
            return await ExpandAsync(place, parsed.GetValue(folder)!, parsed.GetValue(force), cancellationToken);
        }));
        return command;
    }

    private static async Task<int> ExpandAsync(StudyPlace place, string folder, bool isForced, CancellationToken cancellationToken)
    {
        var study = await StudySetup.ReadAsync(place, new(false, false, null), cancellationToken);
        var (files, full) = (new AsyncLocalFileSystem(Path.GetFullPath(folder)), Path.GetFullPath(folder));
        List<StudyVariant> toWrite = [];
        foreach (var variant in study.Variants())
        {
            var name = FileOf(variant);
            if (IsBase(study, place, Path.Combine(full, name))) throw new CommandException(CliSentences.IsTheBase(variant.Name, folder));
            var there = await files.ReadBytesOrNullAsync(name, cancellationToken);
            if (there is not null && there.AsSpan().SequenceEqual(variant.MakeModel())) continue;
            if (there is not null && !isForced) throw new CommandException(CliSentences.HoldsSomethingElse(Path.Combine(folder, name)));
            toWrite.Add(variant);
        }
        foreach (var variant in toWrite) await files.WriteBytesAsync(FileOf(variant), variant.MakeModel(), cancellationToken);
        Console.Out.WriteLine(CliSentences.Expanded(toWrite.Count, study.Rows.Count, folder));
        return ExitCode.Success;
    }

    /// <summary>The model in a bundle is told by what it holds.</summary>
    private static string FileOf(StudyVariant variant)
    {
        if (!ModelBundle.IsBundle(variant.Model)) return variant.Name + Path.GetExtension(variant.Model);
        return variant.Name + (variant.MakeModel().AsSpan().TrimStart(" \t\r\n\uFEFF"u8)[..1].SequenceEqual("{"u8) ? ".epJSON" : ".idf");
    }

    private static bool IsBase(Study study, StudyPlace place, string path)
    {
        if (place.Files is not null) return false;
        var root = Path.GetPathRoot(Path.GetFullPath(place.File))!;
        return study.Variants().Select(variant => variant.Model).Distinct()
            .Any(model => string.Equals(Path.GetFullPath(Path.Combine(root, model)), path, StringComparison.OrdinalIgnoreCase));
    }
}
