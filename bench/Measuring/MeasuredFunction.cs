using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

using IdfKit.LocalCloud;

using TestBed;

namespace Measuring;

/// <summary>A warm function behind a Runtime API: ours, or the peer's.</summary>
public sealed class MeasuredFunction : IAsyncDisposable
{
    private static int _sequence;
    private readonly LocalLambda _lambda;
    private readonly string _bucket;
    private readonly TemporaryFolder _work;

    private MeasuredFunction(LocalLambda lambda, string bucket, TemporaryFolder work) => (_lambda, _bucket, _work) = (lambda, bucket, work);

    /// <summary>From the start of the process to its first request for work.</summary>
    public TimeSpan Init => _lambda.InitDurations[0];

    /// <summary>The function processes that live now.</summary>
    public IReadOnlyList<int> ProcessIds => _lambda.ProcessIds;

    public static Task<MeasuredFunction> StartOursAsync(string bootstrap, RgwServer server, string bucket, int processes = 1) =>
        StartAsync(bucket, work => new()
        {
            Concurrency = processes,
            BootstrapPath = bootstrap,
            PrivateFolderVariables = [],
            Environment = new Dictionary<string, string>(Access(server))
            {
                ["AWS_ENDPOINT_URL_S3"] = server.EndpointUrl.AbsoluteUri,
                ["IDFKIT_WEATHER"] = "weather/chicago.epw",
                ["IDFKIT_WORK_DIR"] = work.Path,
            },
        });

    public static Task<MeasuredFunction> StartPeerAsync(Peer peer, RgwServer server, string bucket) => StartAsync(bucket, work => new()
    {
        BootstrapPath = peer.Python,
        Arguments = ["-m", "awslambdaric", "handler.handler"],
        PrivateFolderVariables = [],
        Environment = new Dictionary<string, string>(Access(server))
        {
            ["IDFKIT_ENDPOINT_URL"] = server.EndpointUrl.AbsoluteUri.TrimEnd('/'),
            ["AWS_REQUEST_CHECKSUM_CALCULATION"] = "when_required",
            ["WEATHER_KEY"] = "weather/chicago.epw",
            ["OUTPUT_PREFIX"] = "peer",
            ["PYTHONPATH"] = peer.HandlerFolder,
            ["PYTHONDONTWRITEBYTECODE"] = "1",
            ["TMPDIR"] = work.Path,
        },
    });

    /// <summary>Sends all events at once and waits until their runs have ended.</summary>
    public async Task<TimeSpan> BurstAsync(IReadOnlyList<string> keys)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(keys.Select(RunAsync));
        return watch.Elapsed;
    }

    public async Task<TimeSpan> RunAsync(string key)
    {
        var payload = JsonSerializer.Serialize(new
        {
            Records = new[]
            {
                new
                {
                    eventSource = "aws:s3", eventName = "ObjectCreated:Put", eventTime = "2026-01-01T00:00:00.000Z",
                    s3 = new { bucket = new { name = _bucket }, @object = new { key, sequencer = Interlocked.Increment(ref _sequence)
                        .ToString("X16", CultureInfo.InvariantCulture) } },
                },
            },
        });
        var watch = Stopwatch.StartNew();
        var result = await _lambda.InvokeAsync(payload);
        var elapsed = watch.Elapsed;
        return result.Succeeded ? elapsed : throw new InvalidOperationException($"The run of {key} failed: {result.Payload}");
    }

    public async ValueTask DisposeAsync()
    {
        await _lambda.DisposeAsync();
        _work.Dispose();
    }

    private static async Task<MeasuredFunction> StartAsync(string bucket, Func<TemporaryFolder, LocalLambdaOptions> options)
    {
        var work = new TemporaryFolder();
        return new(await LocalLambda.StartAsync(options(work)), bucket, work);
    }

    private static Dictionary<string, string> Access(RgwServer server) => new()
    {
        ["AWS_ACCESS_KEY_ID"] = server.AccessKeyId,
        ["AWS_SECRET_ACCESS_KEY"] = server.SecretAccessKey,
        ["ENERGYPLUS_DIR"] = RealParts.EnergyPlus(),
    };
}
