namespace IdfKit.Engine.Parts.Year;

/// <summary>A stretch of a run period that one process simulates. Days are counted from the run period's first, from 0.</summary>
/// <param name="First">The first simulated day.</param>
/// <param name="Last">The last simulated day.</param>
/// <param name="KeptFirst">The first day whose results count.</param>
/// <param name="KeptLast">The last day whose results count.</param>
internal sealed record YearSegment(int First, int Last, int KeptFirst, int KeptLast)
{
    public int Days => Last - First + 1;

    public int KeptDays => KeptLast - KeptFirst + 1;

    public int LeadIn => KeptFirst - First;
}
