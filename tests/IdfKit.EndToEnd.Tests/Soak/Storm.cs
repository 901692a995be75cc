using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

using Amazon.S3.Model;

using TestBed;

namespace IdfKit.EndToEnd.Tests.Soak;

/// <summary>A burst of models whose events come three times and in any order; some get newer content while the older one runs.</summary>
internal sealed class Storm(Cloud cloud, int models, int seed)
{
    private const int Copies = 3, OneInWithNewerContent = 5;

    private static readonly string Template = File.ReadAllText(Repository.PathOf("examples", "one-zone.idf"));

    private readonly Random _random = new(seed);
    private readonly ConcurrentDictionary<string, (string Sequencer, string Building)> _newest = new(StringComparer.Ordinal);
    private int _sequence;

    /// <summary>The sequencer and the building's name of the newest content under each key.</summary>
    public IReadOnlyDictionary<string, (string Sequencer, string Building)> Newest => _newest;

    /// <summary>Contents that were put: as many simulations there must be at least, if none is overtaken.</summary>
    public int Puts => _sequence;

    public static string Key(int model) => string.Create(CultureInfo.InvariantCulture, $"inputs/storm/m{model:000}.idf");

    /// <summary>Puts every model, then sends all their events at once.</summary>
    public async Task BurstAsync(int copies = Copies)
    {
        var events = new List<string>();
        for (var model = 0; model < models; model++) events.AddRange(Enumerable.Repeat(await PutAsync(model, "first"), copies));
        Send(events);
    }

    /// <summary>
    /// Puts newer content under one key in five, one after the other over <paramref name="time"/>; an old event comes
    /// after the new ones.
    /// </summary>
    public async Task RenewAsync(TimeSpan time)
    {
        var chosen = Enumerable.Range(0, models).Where(_ => _random.Next(OneInWithNewerContent) == 0).ToList();
        foreach (var model in chosen)
        {
            await Task.Delay(time / chosen.Count, TestContext.Current.CancellationToken);
            var old = cloud.Event(Key(model), _newest[Key(model)].Sequencer);
            Send([.. Enumerable.Repeat(await PutAsync(model, "second"), Copies), old]);
        }
    }

    /// <summary>Kills one function process after the other, until canceled. Gives how many.</summary>
    public async Task<int> KillAsync(TimeSpan every, CancellationToken cancellationToken)
    {
        for (var killed = 0; ;)
        {
            await Task.Delay(every, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested) return killed;
            if (cloud.Function.ProcessIds is not { Count: > 0 } alive) continue;
            using var victim = Process.GetProcessById(alive[_random.Next(alive.Count)]);
            victim.Kill();
            killed++;
        }
    }

    private async Task<string> PutAsync(int model, string edition)
    {
        var building = string.Create(CultureInfo.InvariantCulture, $"Model {model} {edition}");
        await cloud.S3.PutObjectAsync(
            new PutObjectRequest { BucketName = cloud.Bucket, Key = Key(model), ContentBody = Template.Replace(
                "One Zone Office,", building + ",", StringComparison.Ordinal) },
            TestContext.Current.CancellationToken);
        var sequencer = Interlocked.Increment(ref _sequence).ToString("X16", CultureInfo.InvariantCulture);
        _newest[Key(model)] = (sequencer, building);
        return cloud.Event(Key(model), sequencer);
    }

    private void Send(List<string> events)
    {
        var shuffled = events.ToArray();
        _random.Shuffle(shuffled);
        foreach (var one in shuffled) cloud.Function.Enqueue(one);
    }
}
