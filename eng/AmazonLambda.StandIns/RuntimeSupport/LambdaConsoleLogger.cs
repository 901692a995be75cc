using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The context's logger: lines on standard output.</summary>
internal sealed class LambdaConsoleLogger(LogWriter output) : ILambdaLogger
{
    public void Log(string message) => output.Write(message);

    public void LogLine(string message) => output.WriteLine(message);

    public void Log(string level, string message) => output.Line(level, exception: null, message);

    public void Log(string level, string message, params object[] args) => output.Line(level, exception: null, message, args);

    public void Log(string level, Exception exception, string message, params object[] args) =>
        output.Line(level, exception, message, args);
}
