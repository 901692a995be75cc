using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

using Amazon.S3.Model;

using TestBed;

namespace IdfKit.EndToEnd.Tests.Soak;

/// <summary>A burst of models whose events come three times and in any order; some get newer content while the older one runs.</summary>
internal sealed class Storm(Cloud cloud, int models, int seed)
{
    private const int Copies = 3, OneInWithNewerContent = 5, OneInWithLargeResults = 10;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60), Grace = TimeSpan.FromSeconds(60);

    // Nine series with a value every fifteen minutes: an .eso of more than 5 MiB.
    private static readonly string Large = "\n" + string.Concat(new[]
    {
        "Zone Mean Radiant Temperature", "Zone Air Humidity Ratio", "Zone Air Relative Humidity", "Site Outdoor Air Drybulb Temperature",
        "Site Outdoor Air Dewpoint Temperature", "Site Direct Solar Radiation Rate per Area", "Site Diffuse Solar Radiation Rate per Area",
        "Site Wind Speed", "Site Outdoor Air Barometric Pressure",
    }.Select(name => $"Output:Variable, *, {name}, Timestep;\n"));

    private static readonly string Template = File.ReadAllText(Repository.PathOf("examples", "one-zone.idf"));

    private readonly Random _random = new(seed);
    private readonly ConcurrentDictionary<string, (string Sequencer, string Building)> _newest = new(StringComparer.Ordinal);
    private int _sequence;

    /// <summary>The sequencer and the building's name of the newest content under each key.</summary>
    public IReadOnlyDictionary<string, (string Sequencer, string Building)> Newest => _newest;

    /// <summary>Contents that were put: as many simulations there must be at least, if none is overtaken.</summary>
    public int Puts => _sequence;

    public static string Key(int model) => string.Create(CultureInfo.InvariantCulture, $"inputs/storm/m{model:000}.idf");

    /// <summary>
    /// Runs one model in a process that is frozen while it uploads, in another one once its claim has run out, and then thaws the first.
    /// Gives what that one answered.
    /// </summary>
    public async Task<string> FreezeAsync(int number)
    {
        var token = TestContext.Current.CancellationToken;
        var key = string.Create(CultureInfo.InvariantCulture, $"inputs/storm/f{number:000}.idf");
        var payload = await PutAsync(key, $"Frozen {number}", isLarge: true);
        var began = DateTimeOffset.UtcNow;
        await using var frozen = new FrozenFunction(cloud, payload, Deadline, atUpload: 1 + number % 9);
        await frozen.Stopped.WaitAsync(Deadline, token);

        var left = began + Deadline + Grace + TimeSpan.FromSeconds(2) - DateTimeOffset.UtcNow;
        if (left > TimeSpan.Zero) await Task.Delay(left, token);
        Send([payload, payload]);
        var folder = "outputs/" + key["inputs/".Length..^".idf".Length];
        await cloud.RecordAsync(folder, minutes: 3 + (models / 20)); // its events stand behind all others
        return await frozen.GoOnAsync(token);
    }

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
        return await PutAsync(Key(model), building, isLarge: model % OneInWithLargeResults == 0);
    }

    private async Task<string> PutAsync(string key, string building, bool isLarge)
    {
        var content = Template.Replace("One Zone Office,", building + ",", StringComparison.Ordinal) + (isLarge ? Large : "");
        await cloud.S3.PutObjectAsync(
            new PutObjectRequest { BucketName = cloud.Bucket, Key = key, ContentBody = content },
            TestContext.Current.CancellationToken);
        var sequencer = Interlocked.Increment(ref _sequence).ToString("X16", CultureInfo.InvariantCulture);
        _newest[key] = (sequencer, building);
        return cloud.Event(key, sequencer);
    }

    private void Send(List<string> events)
    {
        var shuffled = events.ToArray();
        _random.Shuffle(shuffled);
        foreach (var one in shuffled) cloud.Function.Enqueue(one);
    }
}
