using System.Security.Cryptography;

using IdfKit.Cli.Places;
using IdfKit.Storage;

namespace IdfKit.Cli.Submit;

/// <summary>What is to be done so that every file is there once.</summary>
internal sealed class SubmitPlan
{
    private const int FewFiles = 100, Concurrency = 8;

    private readonly Dictionary<string, (SubmitFile File, SubmitAction Action)> _companions = new(StringComparer.Ordinal);
    private readonly List<(SubmitModel Model, SubmitAction Action)> _models = [];

    private SubmitPlan()
    {
    }

    /// <summary>The files that go before the models, each once.</summary>
    public IEnumerable<(SubmitFile File, SubmitAction Action)> Companions => _companions.Values;

    public IReadOnlyList<(SubmitModel Model, SubmitAction Action)> Models => _models;

    /// <summary>All, in the order in which they are put.</summary>
    public IEnumerable<(SubmitFile File, SubmitAction Action)> Files =>
        [.. Companions, .. Models.Select(model => (model.Model.File, model.Action))];

    public int Runs => _models.Count(model => model.Action is not SubmitAction.Leave);

    public int ToPut => Files.Count(file => file.Action is not SubmitAction.Leave);

    public long Bytes => Files.Where(file => file.Action is not SubmitAction.Leave).Sum(file => file.File.SizeBytes);

    /// <exception cref="CommandException">Two models need different files in one place.</exception>
    public static async Task<SubmitPlan> MakeAsync(Place place, IReadOnlyList<SubmitModel> models, CancellationToken cancellationToken)
    {
        var plan = new SubmitPlan();
        var companions = new Dictionary<string, SubmitFile>(StringComparer.Ordinal);
        foreach (var companion in models.SelectMany(model => model.Companions))
        {
            if (companions.TryAdd(companion.Key, companion) || companions[companion.Key].Path == companion.Path) continue;
            var other = companions[companion.Key].Path ?? companion.Key;
            throw new CommandException(CliSentences.SameName(other, companion.Path ?? companion.Key));
        }
        var all = companions.Values.Concat(models.Select(model => model.File)).ToList();
        var there = await ThereAsync(place, all, cancellationToken);
        var actions = new SubmitAction[all.Count];
        var bound = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, all.Count, bound, async (at, token) => actions[at] = await ActionAsync(place, all[at], there, token));

        foreach (var (at, companion) in companions.Values.Index()) plan._companions[companion.Key] = (companion, actions[at]);
        var ofModels = actions[companions.Count..];
        var earlier = new EarlierResults(place, there);
        await Parallel.ForAsync(0, models.Count, bound, async (at, token) =>
        {
            var isLeft = ofModels[at] is SubmitAction.Leave;
            if (isLeft && await plan.IsOutdatedAsync(models[at], earlier, token)) ofModels[at] = SubmitAction.Again;
        });
        foreach (var (at, model) in models.Index()) plan._models.Add((model, ofModels[at]));
        return plan;
    }

    /// <summary>
    /// A model is put again where its results are not of the files that it needs: one is replaced, or comes now, or was put by a call that
    /// was stopped before it came to the models.
    /// </summary>
    private async Task<bool> IsOutdatedAsync(SubmitModel model, EarlierResults earlier, CancellationToken cancellationToken)
    {
        if (model.Companions.Any(companion => _companions[companion.Key].Action is SubmitAction.Replace)) return true;
        var isNew = model.Companions.Any(companion => _companions[companion.Key].Action is SubmitAction.Put);
        return await earlier.AreOlderAsync(model, isNew, cancellationToken);
    }

    private static async Task<Dictionary<string, FileEntry>> ThereAsync(
        Place place, List<SubmitFile> files, CancellationToken cancellationToken)
    {
        var there = new Dictionary<string, FileEntry>(StringComparer.Ordinal);
        if (files.Count <= FewFiles)
        {
            foreach (var file in files)
                if (await place.LookAsync(file.Key, cancellationToken) is { } entry) there[file.Key] = entry;
            return there;
        }
        var wanted = files.Select(file => file.Key).ToHashSet(StringComparer.Ordinal);
        await foreach (var entry in place.Files.ListAsync(place.AllInputs, cancellationToken))
            if (wanted.Contains(entry.Path)) there[entry.Path] = entry;
        return there;
    }

    private static async Task<SubmitAction> ActionAsync(
        Place place, SubmitFile file, Dictionary<string, FileEntry> there, CancellationToken cancellationToken)
    {
        if (!there.TryGetValue(file.Key, out var entry)) return SubmitAction.Put;
        if (entry.SizeBytes != file.SizeBytes) return SubmitAction.Replace;
        await using var own = file.Open();
        await using var stored = await place.Files.OpenReadAsync(file.Key, cancellationToken);
        var (here, other) = (await SHA256.HashDataAsync(own, cancellationToken), await SHA256.HashDataAsync(stored, cancellationToken));
        return here.AsSpan().SequenceEqual(other) ? SubmitAction.Leave : SubmitAction.Replace;
    }
}
