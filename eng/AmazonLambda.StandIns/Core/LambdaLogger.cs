namespace Amazon.Lambda.Core;

/// <summary>The logger of code that holds no <see cref="ILambdaContext"/>.</summary>
public static class LambdaLogger
{
    public static void Log(string message) => Console.WriteLine(message);
}
