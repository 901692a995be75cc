namespace IdfKit.LocalCloud;

/// <summary>The function could not be started, or ended before it asked for work.</summary>
public sealed class LocalLambdaException : Exception
{
    /// <summary>With a sentence for whoever started the function.</summary>
    public LocalLambdaException(string message) : base(message) { }

    /// <summary>With its cause.</summary>
    public LocalLambdaException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>Without an explanation.</summary>
    public LocalLambdaException() { }
}
