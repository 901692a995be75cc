namespace IdfKit.Drops;

/// <summary>A call is none that can be answered: who makes it must make another one.</summary>
/// <param name="message">What is wrong with it.</param>
public sealed class StudyCallException(string message) : Exception(message);
