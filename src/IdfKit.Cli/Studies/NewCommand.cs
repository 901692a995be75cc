using System.CommandLine;

using IdfKit.Storage;
using IdfKit.Studies;

namespace IdfKit.Cli.Studies;

/// <summary><c>idfkit study new office.idf --vary …</c>: writes the file of a study.</summary>
internal static class NewCommand
{
    private const string Name = "new", Ending = ".study.csv";

    private const string Help = """
        Writes the CSV of a study of MODEL: every combination of the values that --vary gives, or with --sample so many of
        them, spread evenly. The same seed makes the same rows. Addresses and values are checked against the model first.
        Nothing is overwritten.

          idfkit study new office.idf --vary 'Material/Insulation/Thickness=0.05,0.1,0.2' \
            --vary 'Building//North Axis=0:270:90' --vary 'weather=chicago.epw,golden.epw'

        A value list is values with commas between them, or FIRST:LAST:STEP with both ends. What stands before the '=' is a
        heading of docs/studies.md: Class/Object/Field (* for every object, nothing for the only one), @@x@@, weather, …

        Example: idfkit study new office.idf
        Exit codes: 0 it was written; 1 it was not; 2 wrong usage.
        """;

    public static Command Create()
    {
        var model = new Argument<string>("MODEL") { Description = "The base model: .idf or .epJSON." };
        var vary = new Option<string[]>("--vary")
        {
            Description = "A heading and its values; as often as wanted.", HelpName = "HEADING=VALUES", Required = true,
        };
        var sample = NumberOption.OrNone(
            "--sample", "So many combinations, spread evenly, instead of all.", minimum: 1, maximum: Varied.MostRows);
        var seed = NumberOption.OrNone(
            "--seed", "With --sample: another one spreads them in another way. Otherwise 1.", minimum: 0, maximum: int.MaxValue);
        var output = StudyArguments.NotEmpty(new Option<string?>("--output", "-o")
        {
            Description = "The file to write. Otherwise office.study.csv beside the model.", HelpName = "NAME.study.csv",
        });
        vary.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                if (Varied.FaultOf(token.Value) is { } fault) result.AddError(fault);
        });
        output.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { Length: > 0 } text }] && !IsName(text)) result.AddError(CliSentences.NotAStudyName);
        });
        var command = new Command(Name, Help) { model, vary, sample, seed, output };
        command.Validators.Add(result =>
        {
            if (result.GetResult(seed) is not null && result.GetResult(sample) is null)
                result.AddError(CliSentences.SeedWithoutSample);
        });
        command.SetAction((parsed, cancellationToken) => StudyGuard.DoAsync(Name, () =>
        {
            var varied = new Varied(parsed.GetValue(vary)!, parsed.GetValue(sample), parsed.GetValue(seed) ?? 1);
            return WriteAsync(parsed.GetValue(model)!, parsed.GetValue(output), varied, cancellationToken);
        }));
        return command;
    }

    private static async Task<int> WriteAsync(string model, string? output, Varied varied, CancellationToken cancellationToken)
    {
        if (!IsModel(model)) throw new AddressException(CliSentences.NoModelName(model));
        if (!File.Exists(model)) throw new CommandException(CliSentences.NoModel(model));
        var file = output ?? Path.ChangeExtension(model, null) + Ending;
        var (folder, name) = (Path.GetDirectoryName(Path.GetFullPath(file))!, Path.GetFileName(file));
        if (File.Exists(file)) throw new CommandException(CliSentences.IsThere(file));

        // Read as if it were there, so that what is wrong is said as of every study, and nothing is written.
        var stem = Path.GetFileNameWithoutExtension(model);
        var isOwn = Path.GetDirectoryName(Path.GetFullPath(model)) == folder && name[..^Ending.Length] == stem;
        var asked = varied.Json(isOwn ? null : Path.GetRelativePath(folder, Path.GetFullPath(model)));
        var study = await Study.ReadContentAsync(
            Path.Combine(folder, name[..^".csv".Length] + ".json"), asked, cancellationToken: cancellationToken);

        var options = new WriteOptions { IfAbsent = true };
        using var content = new MemoryStream(StudyCsvText.Of(study), writable: false);
        await new AsyncLocalFileSystem(folder).WriteAsync(name, content, options, cancellationToken);
        Console.Out.WriteLine(CliSentences.Written(file, study.Rows.Count));
        return ExitCode.Success;
    }

    private static bool IsName(string text) =>
        text.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) && Path.GetFileName(text).Length > Ending.Length;

    private static bool IsModel(string model) =>
        Path.GetExtension(model).ToUpperInvariant() is ".IDF" or ".EPJSON" && Path.GetFileNameWithoutExtension(model).Length > 0;
}
