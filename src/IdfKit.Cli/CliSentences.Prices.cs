using System.Globalization;

using IdfKit.Runs;
using IdfKit.Studies;

namespace IdfKit.Cli;

/// <summary>What the tool says of what runs take and cost.</summary>
internal static partial class CliSentences
{
    // Prices

    public static string PriceIsNotAsked { get; } = "--region, --prices, --memory and --arm go with --price.";

    public static string NotPriced { get; } =
        "Free allowances, taxes, plan and table, and what is tried again are not counted; docs/studies.md says more.";

    public static string NothingUsed { get; } = "No record of a run says what it took; runs of the function do.";

    public static string NoPricesOf(string region, IReadOnlyList<string> regions) =>
        $"there are no prices of the region '{Line(region)}'; --region takes one of {Line(string.Join(", ", regions))}.";

    public static string BadPrices(string file, string why) =>
        $"the price list '{Line(file)}' cannot be used: {Line(why).TrimEnd('.')}; docs/prices.json shows the form.";

    public static string PricedBy(string region, DateOnly date, int memory, bool isArm) => string.Create(
        CultureInfo.InvariantCulture,
        $"Prices of {region} as of {date:yyyy-MM-dd}, {(isArm ? "Arm" : "x86")}, {memory:#,0} MB:");

    public static string Besides(string month, string download) =>
        $"Besides: {month} a month to keep the results, {download} to download all of them once.";

    public static string Estimated(StudyEstimate estimate)
    {
        if (estimate is not { Seconds: { } seconds }) return Line(estimate.How);
        var requests = estimate.Requests is { } asked ? $", {Requests(asked.Puts, asked.Gets, asked.Lists, asked.Deletes)}" : "";
        var calls = estimate.Calls is { } count ? $" in {Counted(count, "call")}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Counted(estimate.RowsToRun, "row")}{calls}: {seconds:#,0.0} s one after another{requests}. {Line(estimate.How)}");
    }

    public static string Used(RunUsage usage, string of)
    {
        var time = usage.GbSeconds is { } spent ? string.Create(CultureInfo.InvariantCulture, $", {spent:#,0.0} GB-seconds") : "";
        var megabytes = string.Create(
            CultureInfo.InvariantCulture, $"{usage.BytesIn / 1e6:#,0.0} MB read, {usage.BytesOut / 1e6:#,0.0} MB stored");
        return $"{of} took {Requests(usage.Puts, usage.Gets, usage.Lists, usage.Deletes)}, {megabytes}{time}.";
    }

    // Estimates of models

    public static string NoModelToEstimate(IReadOnlyList<string> files) =>
        $"there is no model (.idf, .epJSON or .zip) in {Line(string.Join(", ", files))}.";

    public static string NoSuchFile { get; } = "there is no such file.";

    public static string IsAStudy(string file) => $"it is a study; 'idfkit study check {Quoted(file)} --price' says what it takes.";

    public static string NoModelFile(string file) => IsMacroModel(file)
        ? "it is a model with macros (##); run EPMacro on it and name the .idf that EPMacro writes."
        : "it is no model; its name must end in .idf, .epJSON or .zip.";

    public static string AsItsLastRun(DateTimeOffset when, bool isSameSize) => string.Create(
        CultureInfo.InvariantCulture,
        $"as its last run of {when.UtcDateTime:yyyy-MM-dd} took{(isSameSize ? "" : ", when the file had another size")}");

    public static string NoModelInZip { get; } = "there is no model in it.";

    public static string AsItsSize(double megabytes, bool isOfYear, string? ended)
    {
        var what = isOfYear ? "a weather file's periods" : "design days alone";
        var size = string.Create(CultureInfo.InvariantCulture, $"roughly, by its size ({megabytes:0.0#} MB) and {what}");
        return ended is null ? size : $"{size}, since its last run {Line(ended)}";
    }

    public static string EstimateTotal(int files, double seconds, string dollars, int failed, bool isRough)
    {
        var without = failed == 0 ? "" : $" {Counted(failed, "file")} could not be estimated.";
        var about = isRough ? "about " : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Counted(files, "model")}: {about}{seconds:#,0.0} s one after another, {about}{dollars}.{without}");
    }

    public static string RoughRule { get; } =
        "A size tells little: what a model simulates counts for more. Run it once, and name the results with --to.";

    /// <summary>A name as one line.</summary>
    public static string OneLine(string name) => Line(name);

    private static string Requests(long puts, long gets, long lists, long deletes) => string.Create(
        CultureInfo.InvariantCulture, $"{puts:#,0} PUT, {gets:#,0} GET, {lists:#,0} LIST, {deletes:#,0} DELETE");
}
