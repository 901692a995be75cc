using System.Text.Json.Serialization;

using IdfKit.Cli.Prices;
using IdfKit.Studies;

namespace IdfKit.Cli.Studies;

/// <summary>What <c>idfkit study check --json</c> says.</summary>
internal sealed record CheckedStudy
{
    /// <summary>The study as it was named.</summary>
    public required string Study { get; init; }

    /// <summary>"planned", or "refused" when something is wrong with it.</summary>
    public required StudyStatus Status { get; init; }

    /// <summary>How many things are wrong with it.</summary>
    public int FaultCount { get; init; }

    /// <summary>The first hundred.</summary>
    public IReadOnlyList<StudyFault> Faults { get; init; } = [];

    public int Rows { get; init; }

    public IReadOnlyList<string> Models { get; init; } = [];

    public IReadOnlyList<StudyParameter> Parameters { get; init; } = [];

    /// <summary>The names of the rows that would run.</summary>
    public IReadOnlyList<string> ToRun { get; init; } = [];

    /// <summary>How many have run already.</summary>
    public int HaveRun { get; init; }

    /// <summary>What those take; null: it was not asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StudyEstimate? Estimate { get; init; }

    /// <summary>What those cost; null: it was not asked, or too little is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PricedBill? Price { get; init; }

    public static CheckedStudy Of(StudyPlace place, StudyException refused) => new()
    {
        Study = place.ShownFile, Status = StudyStatus.Refused, FaultCount = refused.FaultCount, Faults = refused.Faults,
    };

    public static CheckedStudy Of(StudyPlace place, StudyPlan plan, PricedStudy? priced) => new()
    {
        Study = place.ShownFile,
        Status = StudyStatus.Planned,
        Rows = plan.Study.Rows.Count,
        Models = [.. plan.Study.Variants().Select(variant => variant.Model).Distinct()],
        Parameters = plan.Study.Parameters,
        ToRun = [.. plan.ToRun.Select(variant => variant.Name)],
        HaveRun = plan.HasRun.Count,
        Estimate = priced?.Estimate,
        Price = priced?.Bill is { } bill ? PricedBill.Of(bill, priced.Prices) : null,
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(CheckedStudy))]
internal sealed partial class CheckedStudyJson : JsonSerializerContext
{
    public static CheckedStudyJson Readable => field ??= new(ReadableJson.Of(Default.Options));
}
