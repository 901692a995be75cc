using System.Text;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.TestUtilities;

/// <summary>Keeps what was logged, and shows it on the console.</summary>
public class TestLambdaLogger : ILambdaLogger
{
    public StringBuilder Buffer { get; } = new();

    public void Log(string message)
    {
        Buffer.Append(message);
        Console.Write(message);
    }

    public void LogLine(string message)
    {
        Buffer.AppendLine(message);
        Console.WriteLine(message);
    }

    public void Log(string level, string message) => LogLine(level + ": " + message);

    public void Log(string level, string message, params object[] args) => LogLine(level + ": " + message + Joined(args));

    public void Log(string level, Exception exception, string message, params object[] args) =>
        LogLine(level + ": " + message + Joined(args) + Environment.NewLine + exception);

    private static string Joined(object[] args) => args.Length == 0 ? string.Empty : " " + string.Join(", ", args);
}
