namespace IdfKit.Engine.Parts.Year;

/// <summary>What a segment has left, read.</summary>
/// <param name="StepsOfHour">How many steps an hour has in EnergyPlus, which may not be what the model asks for; null: not told.</param>
/// <param name="Reports">What it has reported.</param>
/// <param name="Summary">What its tables say.</param>
/// <param name="Database">A copy of its <c>.sql</c>, of ours, without what does not count in the year; null where it has none.</param>
internal sealed record SegmentResults(int? StepsOfHour, YearReports Reports, EnergySummary Summary, string? Database);
