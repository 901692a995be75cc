using IdfKit.Cli.Inputs;
using IdfKit.Cli.Submit;
using IdfKit.Cli.Terminal;
using IdfKit.Storage;

namespace IdfKit.Cli.Open;

/// <summary>Checks what was dropped and puts it, as <c>idfkit submit</c> does.</summary>
/// <param name="opened">Where.</param>
/// <param name="drop">What was dropped.</param>
internal sealed class DroppedSubmit(OpenedPlace opened, Drop drop)
{
    /// <summary>
    /// Puts the models that were dropped, unless one of them is refused and that was not allowed for; nothing is put then. Of a folder
    /// only they and what they need are put: the rest may be results of gigabytes, or a study of long ago.
    /// </summary>
    /// <param name="asked">How.</param>
    /// <param name="cancellationToken">Ends it; what is put by then is whole.</param>
    /// <exception cref="CommandException">There is no model, or two need different files in one place.</exception>
    public async Task<DropAnswer> RunAsync(DropQuestion asked, CancellationToken cancellationToken)
    {
        var place = opened.Place;
        var options = OptionsOf(asked);
        var check = await SubmitCheck.CreateAsync(place, options);
        var files = Files();
        var passed = files.Where(file => file.IsModel || drop.Alone.Contains(file.Relative)).ToList();
        var models = await SubmitModels.OfAsync(check, passed, place, cancellationToken);
        var refused = check.Refused.Select(one => new RefusedDrop(Shown(one.File), Shown(one.Sentence))).ToList();
        if (models.Count + refused.Count == 0) throw new CommandException(CliSentences.NoModelDropped);
        if (models.Count == 0 || refused.Count > 0 && !asked.SkipRefused) return new(refused, models.Count);
        var plan = await SubmitPlan.MakeAsync(place, models, cancellationToken);
        var silent = new ProgressLine(TextWriter.Null, isLive: false, TimeProvider.System);
        await new SubmitUpload(place, plan, silent).RunAsync(cancellationToken);
        var said = SaidOf(plan) + LeftOut(files, plan);
        return new(refused, models.Count) { IsPut = true, Runs = plan.Runs, FilesPut = plan.ToPut, Said = said };
    }

    private string SaidOf(SubmitPlan plan) => plan.Runs == 0
        ? CliSentences.RunThereAlready(opened.Place.Given)
        : CliSentences.Dropped(plan.Runs, plan.ToPut, plan.Bytes);

    private string LeftOut(IReadOnlyList<NamedFile> files, SubmitPlan plan)
    {
        var put = plan.Files.Select(file => file.File.Key).ToHashSet(StringComparer.Ordinal);
        var left = files.Count(file => !file.IsModel && !put.Contains(StoragePath.Join(opened.Place.Inputs, file.Relative)));
        return left == 0 ? "" : " " + CliSentences.DroppedAside(left);
    }

    /// <exception cref="CommandException">The label or a tag cannot be used.</exception>
    private SubmitOptions OptionsOf(DropQuestion asked)
    {
        var label = string.IsNullOrWhiteSpace(asked.Label) ? null : asked.Label.Trim();
        string[] tags = [.. (asked.Tags ?? []).OfType<string>()];
        var words = SubmitWords.OfPage;
        var fault = (label is null ? null : words.FaultOfLabel(label)) ?? words.FaultOfTags(tags);
        if (fault is not null) throw new CommandException(fault);
        return new()
        {
            Files = [], To = opened.Place.Given, Weather = drop.Weather, Annual = asked.Annual, Label = label, Tags = tags,
            Words = words,
        };
    }

    private IReadOnlyList<NamedFile> Files() =>
    [
        .. Directory.EnumerateFiles(drop.Folder, "*", SearchOption.AllDirectories)
            .Select(path => new NamedFile(path, Path.GetRelativePath(drop.Folder, path).Replace(Path.DirectorySeparatorChar, '/')))
            .OrderBy(file => file.Relative, StringComparer.Ordinal),
    ];

    /// <summary>Where a file lies meanwhile is of no use to anybody.</summary>
    private string Shown(string text)
    {
        foreach (var folder in (string?[])[drop.Folder, Path.GetDirectoryName(drop.Weather)])
            if (folder is not null) text = text.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
        return CliSentences.Clean(text);
    }
}

/// <summary>How what was dropped is put.</summary>
internal sealed record DropQuestion
{
    /// <summary>Whether the others are put where some are refused.</summary>
    public bool SkipRefused { get; init; }

    public bool Annual { get; init; }

    public string? Label { get; init; }

    /// <summary><c>KEY=VALUE</c> each.</summary>
    public IReadOnlyList<string?>? Tags { get; init; }
}

/// <summary>What became of a drop.</summary>
/// <param name="Refused">The models that would not be run.</param>
/// <param name="Models">How many others there are.</param>
internal sealed record DropAnswer(IReadOnlyList<RefusedDrop> Refused, int Models)
{
    public bool IsPut { get; init; }

    public int Runs { get; init; }

    public int FilesPut { get; init; }

    public string? Said { get; init; }
}

/// <summary>A model that would not be run, and why.</summary>
internal sealed record RefusedDrop(string File, string Sentence);
