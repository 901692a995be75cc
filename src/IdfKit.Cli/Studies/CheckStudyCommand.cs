using System.CommandLine;
using System.Text.Json;

using IdfKit.Cli.Prices;
using IdfKit.Cli.Terminal;
using IdfKit.Simulation;
using IdfKit.Studies;

namespace IdfKit.Cli.Studies;

/// <summary><c>idfkit study check FILE</c>: what a study says and what would run.</summary>
internal static class CheckStudyCommand
{
    private const string Name = "check";
    private const int MostNames = 10;

    private const string Help = """
        Reads a study and checks all of it: headings, addresses and every value, against the schema of the EnergyPlus that
        would run it. Says how many rows there are, what each column sets, and which rows would run; or all that is wrong,
        a line each. Nothing is started or written.

        --price says besides what the rows that would run take on AWS: seconds, requests by kind and dollars by item, and how
        that is known. Free allowances and what is tried again are not counted.

        The options are those of 'idfkit study run': a row that has run with others would run again. Without -o and without
        results nothing has run yet.

        Example: idfkit study check office.study.csv --price
        Exit codes: 0 it can be run; 1 something is wrong with it, or it is not there; 2 wrong usage.
        """;

    public static Command Create()
    {
        var (file, output, running) = (StudyArguments.File(), StudyArguments.Output(), StudyArguments.Running());
        var json = new Option<bool>("--json") { Description = "Say it as JSON." };
        var priced = new PricedOption("Say what the rows that would run cost on AWS.");
        var command = new Command(Name, Help) { file, output };
        running.AddTo(command);
        command.Add(json);
        priced.AddTo(command);
        command.SetAction((parsed, cancellationToken) => StudyGuard.DoAsync(Name, async () =>
        {
            var prices = priced.Of(parsed);
            await using var place = StudyPlace.Of(parsed.GetValue(file)!, parsed.GetValue(output));
            return await CheckAsync(place, running.Of(parsed), prices, parsed.GetValue(json), cancellationToken);
        }));
        return command;
    }

    private static async Task<int> CheckAsync(
        StudyPlace place, RunManner choices, PriceChoice? prices, bool isJson, CancellationToken cancellationToken)
    {
        Study study;
        try
        {
            study = await StudySetup.ReadAsync(place, choices, cancellationToken);
        }
        catch (StudyException refused)
        {
            Console.Out.WriteLine(isJson ? Json(CheckedStudy.Of(place, refused)) : Text(place, refused));
            return ExitCode.Failure;
        }
        await using var simulator = new Simulator();
        var plan = await StudySetup.RunnerOf(simulator, choices).PlanAsync(study, place.Output, cancellationToken);
        var priced = prices is null ? null : await PricedStudy.OfAsync(plan, place, choices, prices, cancellationToken);
        Console.Out.WriteLine(isJson ? Json(CheckedStudy.Of(place, plan, priced)) : Text(place, plan));
        if (priced is not null && !isJson) priced.Write(Console.Out);
        return ExitCode.Success;
    }

    private static string Json(CheckedStudy said) => JsonSerializer.Serialize(said, CheckedStudyJson.Readable.CheckedStudy);

    private static string Text(StudyPlace place, StudyException refused)
    {
        var more = refused.FaultCount - refused.Faults.Count;
        IEnumerable<string> lines =
        [
            CliSentences.Refused(place.Name, refused.FaultCount),
            .. refused.Faults.Select(fault => "  " + fault.Message),
            .. more > 0 ? [CliSentences.MoreFaults(more)] : Array.Empty<string>(),
        ];
        return string.Join(Environment.NewLine, lines);
    }

    private static string Text(StudyPlace place, StudyPlan plan)
    {
        var study = plan.Study;
        var models = study.Variants().Select(variant => variant.Model).Distinct().Select(NameOf).ToList();
        var weather = study.Variants().Select(variant => variant.Weather).Distinct().Select(path => path is null ? null : NameOf(path));
        List<string> lines = [CliSentences.Study(place.Name, study.Rows.Count, models, [.. weather])];
        var width = study.Parameters.Select(parameter => parameter.Column.Length).DefaultIfEmpty(0).Max();
        lines.AddRange(study.Parameters.Select(
            parameter => Line(parameter.Column, width, CliSentences.Column(parameter, ValuesOf(study, parameter)))));
        lines.Add(CliSentences.WouldRun(plan.ToRun.Count, study.Rows.Count, [.. plan.ToRun.Take(MostNames).Select(row => row.Name)]));
        return string.Join(Environment.NewLine, lines);
    }

    private static string Line(string column, int width, string what) => Screen.IsNarrow
        ? $"{Screen.Fit("  " + column, Screen.Width)}{Environment.NewLine}    {Screen.Fit(what, Screen.Width - 4)}"
        : $"  {column.PadRight(width)}  {what}";

    /// <summary>How many different values a column has.</summary>
    private static int ValuesOf(Study study, StudyParameter parameter)
    {
        var at = study.Columns.Index().First(column => column.Item.Heading == parameter.Column).Index;
        return study.Rows.Select(row => row.Values[at]).OfType<string>().Distinct(StringComparer.Ordinal).Count();
    }

    private static string NameOf(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
}
