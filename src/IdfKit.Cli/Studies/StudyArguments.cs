using System.CommandLine;

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

    public static Option<int?> Jobs() => NumberOption.OrNone(
        "--jobs", "How many rows run at once, from 1 to 1000. Otherwise as many as there are processors.", minimum: 1, maximum: 1_000);

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
