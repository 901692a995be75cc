using IdfKit.Drops.Studies.Estimates;
using IdfKit.Runs;
using IdfKit.Studies;

namespace IdfKit.Drops.Studies;

/// <summary>A row of a study on its base, ready to be run.</summary>
/// <param name="Base">The base.</param>
/// <param name="Request">How it is run.</param>
internal sealed record StagedRow(StagedBase Base, RunRequest Request)
{
    /// <summary>The variant; null when there is none, which <see cref="Rejection"/> explains.</summary>
    public StudyVariant? Variant { get; init; }

    /// <summary>The weather that the row names; null: it names none.</summary>
    public string? WeatherKey { get; init; }

    /// <summary>What fetching its weather asks for.</summary>
    public Requests OfWeather { get; init; }

    /// <summary>SHA-256 of all that the run depends on; empty when that is not known.</summary>
    public string Identity { get; init; } = "";

    /// <summary>Why it cannot be run; null: nothing speaks against it.</summary>
    public Rejection? Rejection { get; init; }
}
