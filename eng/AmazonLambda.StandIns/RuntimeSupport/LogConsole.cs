using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The process's console while the loop runs: each line is written as the log settings ask for.</summary>
internal sealed class LogConsole : IDisposable
{
    private readonly TextWriter _outBefore = Console.Out;
    private readonly TextWriter _errorBefore = Console.Error;
    private readonly LogWriter _error;

    public LogConsole(LogSettings settings)
    {
        Out = new LogWriter(_outBefore, settings, LogLevel.Information);
        _error = new LogWriter(_errorBefore, settings, LogLevel.Error);
        Console.SetOut(Out);
        Console.SetError(_error);
    }

    /// <summary>Standard output, where the context's logger and the loop's own words go.</summary>
    public LogWriter Out { get; }

    public void Begin(ILambdaContext call)
    {
        Out.Call = call;
        _error.Call = call;
    }

    /// <summary>Logs what a handler or an initializer threw.</summary>
    public void Unhandled(Exception exception) => Out.Line(nameof(LogLevel.Error), exception, template: null);

    public void Dispose()
    {
        Console.SetOut(_outBefore);
        Console.SetError(_errorBefore);
    }
}
