using RunBed;
using IdfKit.Drops.Objects;
using IdfKit.Engine;
using IdfKit.Storage;

namespace IdfKit.Drops.Tests.Interleavings;

/// <summary>
/// One way in which the invocations of a scenario may interleave: their requests are done one at a time, in the order that is chosen, each
/// answered, failed, or the last one of its process. What fails or dies is delivered again as Lambda or a queue would.
/// </summary>
internal sealed class Schedule : IBucketSource
{
    private const int Refusals = 8; // as often as a run tries

    private static readonly TimeSpan FunctionTimeout = TimeSpan.FromMinutes(15), PastEveryClaim = TimeSpan.FromMinutes(17);

    private readonly Scenario _scenario;
    private readonly IChoices _choices;
    private readonly IReadOnlyList<Fate> _kinds;
    private readonly EnergyPlusInstallation _installation;
    private readonly string _work;
    private readonly ScheduleClock _clock = new();
    private readonly List<Actor> _live = [], _frozen = [];
    private readonly HashSet<string> _late = []; // what a thawed process wrote while another run was under way
    private readonly List<Delivery> _afterwards = [];
    private readonly List<string> _trace = [];
    private readonly AsyncLocal<Actor?> _current = new();
    private Actor? _last;
    private int _faultsLeft, _switchesLeft, _actors;
    private int _faults;

    public Schedule(
        Scenario scenario, IChoices choices, int faults, int switches, IReadOnlyList<Fate> kinds,
        EnergyPlusInstallation installation, string work)
    {
        _kinds = kinds;
        (_scenario, _choices, _faultsLeft, _switchesLeft, _installation, _work) = (scenario, choices, faults, switches, installation, work);
        Bucket = new BucketCheck(scenario);
    }

    /// <summary>Every kind of fault.</summary>
    public static IReadOnlyList<Fate> AllFaults { get; } = [.. Enum.GetValues<Fate>().Where(fate => fate != Fate.Done)];

    public BucketCheck Bucket { get; }

    public string Trace => string.Join("\n  ", _trace);

    public IAsyncFileSystem Open(string bucket) => new SteppedFileSystem(Bucket, _current.Value!);

    public Task RemoveUnfinishedAsync(string bucket, string folder, CancellationToken cancellationToken = default)
    {
        lock (Bucket.Uploads) Bucket.Uploads.RemoveAll(upload => upload.Path.StartsWith(folder + "/", StringComparison.Ordinal));
        return Task.CompletedTask;
    }

    public async Task RunAsync()
    {
        if (!_scenario.NeedsWeather) Bucket.PutCompanions();
        if (_scenario.BeginsWithRun)
        {
            await DeliverAsync(new(new("before", "0001", "zero") { PutsFirst = true }, "request-before", 1));
            while (_live.Count > 0) await AdvanceAsync(_live[0], Fate.Done);
        }
        var late = _scenario.Arrivals.Where(arrival => !arrival.PutsFirst);
        foreach (var arrival in late.OrderBy(arrival => arrival.Sequencer.ToUpperInvariant(), StringComparer.Ordinal))
            Bucket.Put(arrival);
        foreach (var arrival in _scenario.Arrivals.Where(arrival => !arrival.IsLate))
            await DeliverAsync(new(arrival, "request-" + arrival.Name, 1));
        await RunToTheEndAsync();
        foreach (var arrival in _scenario.Arrivals.Where(arrival => arrival.IsLate))
        {
            _clock.Now += PastEveryClaim;
            await DeliverAsync(new(arrival, "request-" + arrival.Name, 1));
            await RunToTheEndAsync();
        }
        Bucket.CheckEnd(hadFault: _faults > 0, _late);
    }

    private async Task RunToTheEndAsync()
    {
        while (true)
        {
            while (_live.Find(actor => !actor.Next!.IsShared) is { } alone) await AdvanceAsync(alone, Fate.Done);
            if (_live.Find(actor => actor is { Refusals: > 0, Next.IsRecord: true }) is { } refused)
            {
                refused.Refusals--;
                await AdvanceAsync(refused, Fate.Refused);
                continue;
            }
            if (_live.Count > 0)
            {
                await ChooseAsync();
                continue;
            }
            if (_afterwards.Count == 0 && _frozen.Count == 0) return;
            if (_afterwards.Count == 0)
            {
                _clock.Now += PastEveryClaim;
                Thaw(_frozen[0]);
                continue;
            }
            _clock.Now += _scenario.Visibility ?? TimeSpan.FromMinutes(1);
            var again = _afterwards.ToList();
            _afterwards.Clear();
            foreach (var delivery in again) await DeliverAsync(delivery);
        }
    }

    private async Task ChooseAsync()
    {
        // A switch away from an invocation that could go on is what makes an interleaving; so many of them are tried.
        var isBound = _last is { IsOver: false } && _switchesLeft == 0;
        List<Actor> mayGoOn = isBound ? [_last!] : [.. _live.OrderBy(actor => actor != _last), .. _switchesLeft > 0 ? _frozen : []];
        var options = mayGoOn.ConvertAll(actor => (Actor: actor, Fate: Fate.Done));
        var normal = options.Count;
        if (_faultsLeft > 0)
            options.AddRange(options.Where(option => !_frozen.Contains(option.Actor))
                .SelectMany(option => FaultsOf(option.Actor.Next!).Intersect(_kinds).Select(fate => (option.Actor, fate))).ToList());
        var (chosen, fate) = options[options.Count == 1 ? 0 : _choices.Choose(normal, options.Count - normal)];

        if (_last is { IsOver: false } && chosen != _last) _switchesLeft--;
        Thaw(chosen);
        _last = chosen;
        if (fate == Fate.Refused) chosen.Refusals = Refusals - 1;
        if (fate != Fate.Done)
        {
            _faultsLeft--;
            _faults += fate == Fate.Frozen ? 2 : 1; // it is missed, and then in the way
        }
        await AdvanceAsync(chosen, fate);
    }

    // A crash before a read leaves the same as one before the next write.
    public static IEnumerable<Fate> FaultsOf(Step step) => step switch
    {
        { Operation: "Put" } => [],
        { IsRecord: true } =>
            [Fate.Crash, Fate.CrashAfter, Fate.Failed, Fate.AnswerLost, Fate.Conflict, Fate.Refused, Fate.Frozen],
        { IsConditional: true } => [Fate.Crash, Fate.Failed, Fate.AnswerLost, Fate.Conflict, Fate.Frozen],
        { IsWrite: true } => [Fate.Crash, Fate.Failed, Fate.AnswerLost, Fate.Frozen],
        _ => [Fate.Failed],
    };

    private async Task AdvanceAsync(Actor actor, Fate fate)
    {
        if (_trace.Count > 5000) throw new BrokenInvariantException("It goes on for ever.");
        var step = actor.Next!;
        _trace.Add($"{actor.Name}: {step.Name}{(fate == Fate.Done ? "" : " " + fate)}");
        if (fate == Fate.Frozen)
        {
            _live.Remove(actor);
            _frozen.Add(actor);
            _last = null;
            await ComeAgainAsync(actor.Delivery, failure: null);
            return;
        }
        actor.Advance(fate);
        if (!actor.IsDead) await actor.QuietAsync();
        if (step.IsWrite && fate is Fate.Done or Fate.AnswerLost or Fate.CrashAfter) Bucket.CheckWrite();
        await RetireAsync(actor);
    }

    /// <summary>What failed comes again: a crash and a fault at once, what must wait for another run when that has ended.</summary>
    private async Task RetireAsync(Actor actor)
    {
        if (!actor.IsOver) return;
        _live.Remove(actor);
        if (actor is { IsThawed: true, Marker: { } marker } && Bucket.IsRunning) _late.Add(marker);
        if (!actor.IsDead && actor.Invocation.Exception is null) return;
        var failure = actor.Invocation.Exception?.InnerException;
        if (failure is not (null or StorageException or RunDeferredException))
            throw new InvalidOperationException($"{actor.Name} failed in an unexpected way: {failure.Message}", failure);
        _trace.Add($"{actor.Name} {(actor.IsDead ? "has crashed" : "failed: " + failure!.Message)}");
        if (!actor.IsThawed) await ComeAgainAsync(actor.Delivery, failure);
    }

    private void Thaw(Actor actor)
    {
        if (!_frozen.Remove(actor)) return;
        _trace.Add($"{actor.Name} goes on");
        actor.IsThawed = true;
        _live.Add(actor);
    }

    private async Task ComeAgainAsync(Delivery delivery, Exception? failure)
    {
        if (delivery.Attempt == delivery.Arrival.Attempts)
        {
            // Under other ids two attempts may pass before the claim of a crashed run has expired.
            // A row that a dead attempt of an older file holds is free when its lease is over, which is longer than an event is delivered.
            var isHeldByOthers = _scenario.RetriesHaveOtherIds || _scenario.IsStudy;
            if (_faults < (isHeldByOthers ? 1 : Math.Min(2, delivery.Arrival.Attempts)))
                throw new BrokenInvariantException($"{delivery.Arrival.Name} is given up after {_faults} faults.");
            Bucket.GiveUp(delivery.Arrival);
            return;
        }
        var again = delivery with { Attempt = delivery.Attempt + 1 };
        if (_scenario.RetriesHaveOtherIds)
            _afterwards.Add(again with { RequestId = $"request-{delivery.Arrival.Name}-{again.Attempt}" });
        else if (failure is RunDeferredException) _afterwards.Add(again);
        else await DeliverAsync(again);
    }

    private async Task DeliverAsync(Delivery delivery)
    {
        var number = _actors++;
        var actor = new Actor($"{delivery.Arrival.Name}.{delivery.Attempt}", delivery,
            new ManualTime(_clock, number % 2 == 1 ? _scenario.Skew : TimeSpan.Zero));
        _live.Add(actor);
        _trace.Add($"{actor.Name} is delivered");
        _current.Value = actor;
        var engine = new ScriptedEngine(actor, _scenario, Bucket);
        var settings = new RunSettings
        {
            WorkDirectory = _work, ProgressInterval = _scenario.Watches ? TimeSpan.FromSeconds(2) : TimeSpan.Zero,
            LooksBeforeProgress = 0,
            TimeSeries = false, // what the engine writes here is no series
            AheadFrom = _scenario.SendsAhead ? 1 : long.MaxValue,
            SignOfLife = TimeSpan.Zero
        };
        var pipeline = new DropDispatcher(settings, this, new OneEngine(_installation, engine.RunAsync), actor.Time);
        actor.Start(async () =>
        {
            if (delivery.Arrival.PutsFirst && delivery.Attempt == 1)
                await actor.AskAsync(
                    new Step<bool>("Put", delivery.Arrival.Key, () => Bucket.Put(delivery.Arrival)), CancellationToken.None);
            var drop = new DroppedObject("bucket", ObjectKey.FromText(delivery.Arrival.Key)) { Sequencer = delivery.Arrival.Sequencer };
            await pipeline.RunAsync(drop, new IdfKit.Drops.Delivery(delivery.RequestId, _clock.Now + FunctionTimeout, "1"));
        });
        _current.Value = null;
        await actor.QuietAsync();
        await RetireAsync(actor);
    }
}
