using System.CommandLine;
using System.Globalization;

namespace IdfKit.Cli.Studies;

/// <summary>Arguments that several commands of studies have.</summary>
internal static class StudyArguments
{
    /// <summary>What every help says of S3.</summary>
    public const string AboutS3 =
        "For S3 the AWS settings of this environment are used, AWS_ENDPOINT_URL_S3 included; settings may stand behind the\n"
        + "address, such as s3://bucket/inputs/office.study.csv?profile=modelling.";

    public static Argument<string> File() => NotEmpty(new Argument<string>("FILE") { Description = "The study: office.study.csv." });

    public static Argument<string> FileOrFolder() =>
        NotEmpty(new Argument<string>("STUDY") { Description = "The study, office.study.csv, or the folder of its results, office.study." });

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

    public static Option<int?> Jobs()
    {
        var option = new Option<int?>("--jobs")
        {
            Description = "How many rows run at once, from 1 to 1000. Otherwise as many as there are processors.", HelpName = "N",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, CultureInfo.InvariantCulture, out var jobs)
                && jobs is < 1 or > 1_000)
                result.AddError(CliSentences.OutOfRange(option.Name, 1, 1_000));
        });
        return option;
    }

    public static Option<T> NotEmpty<T>(Option<T> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && string.IsNullOrWhiteSpace(text)) result.AddError(CliSentences.Empty(option.Name));
        });
        return option;
    }

    private static Argument<string> NotEmpty(Argument<string> argument)
    {
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && string.IsNullOrWhiteSpace(text)) result.AddError(CliSentences.Empty(argument.Name));
        });
        return argument;
    }
}
