namespace IdfKit.Engine;

/// <summary>A result file cannot be read; the message names the file, what is wrong and what to do.</summary>
public sealed class ResultsException(string file, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The file.</summary>
    public string File { get; } = file;
}
