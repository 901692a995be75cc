using System.CommandLine;
using System.Globalization;

namespace IdfKit.Cli.Studies;

/// <summary>Arguments that several commands of studies have.</summary>
internal static class StudyArguments
{
    public static Argument<string> File() => NotEmpty(new Argument<string>("FILE") { Description = "The study: office.study.csv." });

    public static Argument<string> FileOrFolder() =>
        NotEmpty(new Argument<string>("STUDY")
        {
            Description = "The study, office.study.csv, or the folder of its results, office.study.",
        });

    public static Option<string?> Output() => NotEmpty(new Option<string?>("--output", "-o")
    {
        Description = "The folder of the results. Otherwise office.study beside the study.", HelpName = "FOLDER",
    });

    public static Option<string?> Weather() => NotEmpty(new Option<string?>("--weather")
    {
        Description = "The weather of rows that name none. Otherwise the .epw called like the model, or the only one beside it.",
        HelpName = "FILE",
    });

    /// <summary>The options that say how rows are run; a row that has run with others runs again.</summary>
    public static RunOptions Running() => new(
        new("--annual") { Description = "Simulate the whole weather file, whatever the model says; a row's own 'annual' comes first." },
        new("--design-day") { Description = "Simulate the design days only; a row's own 'design_day' comes first." },
        Weather());

    public static Option<int?> Jobs() => Number(
        "--jobs", "How many rows run at once, from 1 to 1000. Otherwise as many as there are processors.", least: 1, most: 1_000);

    /// <summary>A whole number between two others, or nothing.</summary>
    public static Option<int?> Number(string name, string description, int least, int most)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (!int.TryParse(text, CultureInfo.InvariantCulture, out var value)) result.AddError(CliSentences.NoNumber(name, text));
            else if (value < least || value > most) result.AddError(CliSentences.OutOfRange(name, least, most));
            return value;
        };
        return option;
    }

    public static Option<T> NotEmpty<T>(Option<T> option) => TextOption.NotEmpty(option);

    private static Argument<string> NotEmpty(Argument<string> argument)
    {
        argument.Validators.Add(result =>
        {
            if (TextOption.IsEmpty(result.Tokens)) result.AddError(CliSentences.Empty(argument.Name));
        });
        return argument;
    }
}
