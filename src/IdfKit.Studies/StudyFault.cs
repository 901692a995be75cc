namespace IdfKit.Studies;

/// <summary>One thing that is wrong with a study's file.</summary>
/// <param name="Row">The row as a spreadsheet counts them, the headings being row 1; null: it is not about one.</param>
/// <param name="Column">The heading of the column; null: it is not about one.</param>
/// <param name="Message">One sentence that a modeller understands; it names row and column.</param>
public sealed record StudyFault(int? Row, string? Column, string Message);
