using Xunit;

namespace TestBed;

/// <summary>
/// moto_server, an S3 emulator, one per test process; for what Ceph lacks: the SDK's own checksums, conditions on parts
/// and on remove; and state machines, which it interprets.
/// </summary>
public sealed class MotoServer : IDisposable
{
    private readonly Lock _gate = new();
    private ServerScript? _server;
    private Uri? _endpoint;

    /// <summary>Where it listens. Starts the server; skips the test when it cannot be had.</summary>
    public Uri EndpointUrl
    {
        get
        {
            lock (_gate) return _endpoint ??= Start();
        }
    }

    /// <summary>The port that its state machines call for Lambda and S3; 0 for its own. Set before it is started.</summary>
    public int CalledPort { get; init; }

    public void Dispose() => _server?.Dispose();

    private Uri Start()
    {
        Needs.NotQuick("S3 servers");
        var installed = ServerScript.IsInstalled("moto_server")
            || File.Exists(Repository.PathOf("artifacts", "moto", "bin", "moto_server"));
        Needs.That(installed, Needs.Moto);
        var port = Ports.Free();
        var called = CalledPort == 0 ? port : CalledPort;
        _server = new ServerScript("moto.sh", "MOTO_DIR", "stop",
            new Dictionary<string, string> { ["MOTO_PORT"] = $"{port}", ["MOTO_CALLS"] = $"{called}" });
        return new Uri($"http://127.0.0.1:{port}");
    }
}
