using System.Globalization;
using System.Text;

using IdfKit.Engine.Children;
using IdfKit.Engine.Children.Linux;

namespace IdfKit.Engine.Running.Hosts;

/// <summary>
/// An <c>idfkit-engine host</c> that has loaded EnergyPlus, or is about to; or a process that was forked from it, and takes one job.
/// Both begin with the same greeting.
/// </summary>
internal sealed class WarmHost
{
    // What idfkit-engine prints before anything else (IdfKit.Engine.Host/Exits.cs).
    private const string Ready = "idfkit-engine: ready";
    private const string Unavailable = "idfkit-engine: unavailable: ";

    private readonly TaskCompletionSource<string?> _greeting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _firstLine = new();
    private volatile OutputReceiver? _receiver;
    private bool _hasGreeted;

    private WarmHost() { }

    /// <summary>Its process.</summary>
    public LinuxChild Child { get; private set; } = null!; // set by StartAsync before anybody sees this host

    /// <summary>Whether it lives.</summary>
    public bool IsUsable => !Child.Completion.IsCompleted;

    /// <summary>What it said instead of being ready; null while it has said nothing or is ready. Costs nothing.</summary>
    public string? Refusal { get; private set; }

    /// <exception cref="EnergyPlusException">Broken or CannotStart.</exception>
    public static async Task<WarmHost> StartAsync(Func<OutputReceiver, Task<LinuxChild>> start)
    {
        var host = new WarmHost();
        host.Child = await start(host.Receive).ConfigureAwait(false);
        return host;
    }

    /// <summary>Hands it the job. From here on it is the run, whatever becomes of it, if the answer is null.</summary>
    /// <returns>Null when it has begun; else why it cannot, and the run is still to be done.</returns>
    public async Task<string?> TryBeginAsync(EngineCommand command, IReadOnlyList<string> places, OutputReceiver output)
    {
        _receiver = output;
        if (!Child.TrySend(Message(command, places))) return "the host is gone or the job's arguments are too long for it";
        return await GreetingAsync().ConfigureAwait(false);
    }

    /// <summary>Waits until it is ready, or cannot be.</summary>
    /// <returns>Null when it is ready; else why not.</returns>
    public async Task<string?> GreetingAsync()
    {
        await Task.WhenAny(_greeting.Task, Child.Completion).ConfigureAwait(false);
        if (_greeting.Task.IsCompleted) return await _greeting.Task.ConfigureAwait(false);
        return $"the host ended before it was ready: {_firstLine.ToString().Trim()}";
    }

    /// <summary>The format stands in IdfKit.Engine.Host/HostJob.cs.</summary>
    private static byte[] Message(EngineCommand command, IReadOnlyList<string> places)
    {
        var variables = ChildEnvironment.For(command.WorkingDirectory);
        string[] texts =
        [
            command.WorkingDirectory,
            variables.Count.ToString(CultureInfo.InvariantCulture),
            .. variables.Select(variable => variable.Key + "=" + variable.Value),
            places.Count.ToString(CultureInfo.InvariantCulture),
            .. places,
            .. command.Arguments,
        ];
        return Encoding.UTF8.GetBytes(string.Join('\0', [texts.Length.ToString(CultureInfo.InvariantCulture), .. texts]) + '\0');
    }

    private void Receive(ReadOnlySpan<byte> bytes)
    {
        if (!_hasGreeted)
        {
            var end = bytes.IndexOf((byte)'\n');
            _firstLine.Append(Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]));
            if (end < 0) return;
            _hasGreeted = true;
            var line = _firstLine.ToString();
            Refusal = line == Ready ? null : line.StartsWith(Unavailable, StringComparison.Ordinal) ? line[Unavailable.Length..] : line;
            _greeting.SetResult(Refusal);
            bytes = bytes[(end + 1)..];
        }
        if (bytes.Length > 0) _receiver?.Invoke(bytes);
    }
}
