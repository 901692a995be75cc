using System.Diagnostics;
using System.Net.Sockets;
using Xunit;

namespace TestBed;

/// <summary>
/// Azurite, Microsoft's emulator of Azure Blob Storage, one per test process. <c>./test.sh</c> installs it from npm
/// below <c>artifacts/azurite</c>.
/// </summary>
public sealed class AzuriteServer : IDisposable
{
    // Azurite's documented account; it is the same in every installation and protects nothing.
    private const string Account = "devstoreaccount1",
        Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Lock _gate = new();
    private readonly TemporaryFolder _folder = new();
    private Process? _server;
    private string? _connection;

    /// <summary>How the SDK reaches it. Starts the server; skips the test when it cannot be had.</summary>
    public string ConnectionString
    {
        get
        {
            lock (_gate) return _connection ??= Start();
        }
    }

    public void Dispose()
    {
        if (_server is { } server)
        {
            server.Kill(entireProcessTree: true);
            server.WaitForExit();
            server.Dispose();
        }
        _folder.Dispose();
    }

    private string Start()
    {
        var program = Repository.PathOf("artifacts", "azurite", "node_modules", ".bin", "azurite-blob");
        Needs.NotQuick("Azurite");
        Needs.That(File.Exists(program), Needs.Azurite);
        var port = Ports.Free();
        // Ends with this process even when that is killed: its own shell watches.
        var start = new ProcessStartInfo("setsid", ["bash", "-c",
            $"\"$0\" --blobHost 127.0.0.1 --blobPort {port} --location \"$1\" --silent --skipApiVersionCheck "
                + $"--disableTelemetry >\"$1/log\" 2>&1 & server=$!; tail --pid={Environment.ProcessId} -f "
                + "/dev/null & wait -n; kill $server",
            program, _folder.Path]);
        _server = Process.Start(start)!;
        for (var deadline = Stopwatch.StartNew(); ; Thread.Sleep(50))
        {
            try
            {
                using var socket = new TcpClient("127.0.0.1", port);
                return $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
                    + $"BlobEndpoint=http://127.0.0.1:{port}/{Account};";
            }
            catch (SocketException) when (!_server.HasExited && deadline.Elapsed < TimeSpan.FromSeconds(30))
            {
                continue;
            }
        }
    }
}
