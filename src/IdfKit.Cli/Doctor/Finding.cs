namespace IdfKit.Cli.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject">What.</param>
/// <param name="Answer">What was seen.</param>
/// <param name="ToDo">What the user should do about it; null when it is well.</param>
internal sealed record Finding(string Subject, string Answer, string? ToDo = null);
