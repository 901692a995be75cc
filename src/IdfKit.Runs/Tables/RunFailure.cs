namespace IdfKit.Runs;

/// <summary>Runs that failed for one cause: what differs only in names and numbers is one.</summary>
/// <param name="Reason">The code of their records, such as <c>no_weather</c>; where they have none, their status.</param>
/// <param name="Sentence">What the first of them says; empty when it says nothing.</param>
/// <param name="Count">How many runs.</param>
/// <param name="Examples">The folders of the first three.</param>
public sealed record RunFailure(string Reason, string Sentence, int Count, IReadOnlyList<string> Examples);
