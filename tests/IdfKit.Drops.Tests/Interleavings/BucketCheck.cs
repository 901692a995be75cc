using System.Security.Cryptography;
using System.Text;
using RunBed;

using IdfKit.Drops.Objects;
using IdfKit.Runs;
using IdfKit.Storage;
using IdfKit.Studies;

namespace IdfKit.Drops.Tests.Interleavings;

/// <summary>The bucket of a schedule, and what must hold in it.</summary>
internal sealed class BucketCheck(Scenario scenario)
{
    private const string StudyFolder = "outputs/office.study", Base = "inputs/office.idf";

    private readonly string _folder = scenario.IsStudy ? StudyFolder + "/runs/a" : "outputs/office";
    private readonly List<string> _committed = [];
    private readonly HashSet<Arrival> _givenUp = [];
    private readonly HashSet<string> _overUnended = [];
    private RunRecord? _latest;
    private int _simulations;

    public MemoryFileSystem Files { get; } = new();

    /// <summary>Uploads that were begun and not ended.</summary>
    public List<SteppedUpload> Uploads { get; } = [];

    /// <summary>Whether runs send results before they have ended.</summary>
    public bool SendsAhead => scenario.SendsAhead;

    /// <summary>Waits until all that a run has written so far has gone ahead, unless its claim lies over one that did not end.</summary>
    public async Task SentAheadAsync(Actor actor, string outputs, int files, int bytes)
    {
        if (_overUnended.Any(run => outputs.Contains(run, StringComparison.Ordinal))) return;
        while (Sent() < files) await Task.Delay(1);

        int Sent()
        {
            lock (Uploads) return Uploads.Count(upload => upload.IsOf(actor) && upload.SentBytes == bytes);
        }
    }

    /// <summary>What would else be looked for in vain.</summary>
    public void PutCompanions()
    {
        Files.WriteText("inputs/office.epw", Weather.Text(20));
        Files.WriteText("inputs/office.job.json", "{}");
        if (scenario.IsStudy) Files.WriteText(Base, "!@@do@@\nVersion,25.2;\nBuilding,Scripted;\n");
    }

    public bool Put(Arrival arrival)
    {
        if (scenario.IsStudy)
        {
            Files.WriteText(arrival.Key, $"name,@@do@@\na,{arrival.Content}\n");
            return true;
        }
        var needs = scenario.NeedsWeather ? "SimulationControl,No,No,No,No,Yes;\nRunPeriod,Year,1,1,,12,31,,Sunday;\n" : "";
        var model = $"!{arrival.Content}\nVersion,25.2;\nBuilding,Scripted;\n{needs}";
        Files.WriteText(arrival.Key, arrival.IsRun ? model : Weather.Text(20));
        return true;
    }

    /// <summary>
    /// A simulation begins; never of what has been finished, but in a process that stood still: it learns of that when it looks next.
    /// </summary>
    public int Simulated(Actor actor)
    {
        if (actor.IsThawed) return ++_simulations;
        var delivery = actor.Delivery;
        var sequencer = Record() is { } record && record.RequestId == delivery.RequestId
            ? record.Sequencer
            : delivery.Arrival.IsRun ? delivery.Arrival.Sequencer
            : null;
        if (sequencer is not null && _committed.Any(finished => Sequencer.Compare(finished, sequencer) == 0))
            throw new BrokenInvariantException($"A finished run is repeated: {delivery.Arrival.Name} simulates {sequencer} again.");
        return ++_simulations;
    }

    /// <summary>Whether a run holds the record.</summary>
    public bool IsRunning => Record() is { Status: RunStatus.Running };

    /// <summary>The event has gone to the failure queue.</summary>
    public void GiveUp(Arrival arrival) => _givenUp.Add(arrival);

    /// <summary>After each change of the bucket: as long as a record is committed, its files are there, whole, and of one run.</summary>
    public void CheckWrite()
    {
        var now = Record();
        if (now is not null && now.RunId != _latest?.RunId && _latest is { Status: RunStatus.Running } or { Reason: RunReason.GaveUp })
            _overUnended.Add(now!.RunId);
        _latest = now;
        if (now is not { Status: not RunStatus.Running } record) return;
        if (record.Status != RunStatus.Rejected && record.Sequencer is { } sequencer && !_committed.Contains(sequencer))
            _committed.Add(sequencer);
        var markers = new HashSet<string>();
        foreach (var file in record.Files)
        {
            if (!Files.Exists($"{_folder}/{file.Path}"))
                throw new BrokenInvariantException($"The committed record lists {file.Path}, which is not there.");
            var bytes = Files.ReadBytes($"{_folder}/{file.Path}");
            if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != file.Sha256)
                throw new BrokenInvariantException($"{file.Path} is not what the committed record says.");
            var text = Encoding.UTF8.GetString(bytes);
            if (file.Path is RunRecordFile.ReportName && !text.Contains(record.RunId, StringComparison.Ordinal))
                throw new BrokenInvariantException("The page is of another run than the committed record.");
            if (file.Path is not (RunRecordFile.SummaryName or RunRecordFile.ReportName)) markers.Add(text);
        }
        if (markers.Count > 1) throw new BrokenInvariantException($"Files of several runs are mixed: {string.Join(", ", markers)}.");
    }

    /// <summary>When all deliveries have ended.</summary>
    /// <param name="hadFault">Then <c>progress.json</c>, a courtesy that no reader trusts, may have been left.</param>
    /// <param name="late">
    /// What carries these was written by a process that was thawed while another run was under way. It cannot tell whether it may be
    /// removed; no reader trusts it, and the next run removes it.
    /// </param>
    public void CheckEnd(bool hadFault, IReadOnlySet<string> late)
    {
        CheckUploads();
        CheckWrite();
        if (scenario.Arrivals.Any(arrival => _givenUp.Contains(arrival) && (!arrival.IsRun || IsNewest(arrival)))
            && !scenario.Arrivals.Any(arrival => arrival.IsLate && IsNewest(arrival) && !_givenUp.Contains(arrival)))
            return; // somebody is told
        var record = Record() ?? throw new BrokenInvariantException("There is no record.");
        // An older event may find the newest file, and what has run of it is not run again.
        if (!scenario.IsStudy && Sequencer.Compare(record.Sequencer!, scenario.Newest) != 0)
            throw new BrokenInvariantException(
                $"The newest input is lost: the record is for {record.Sequencer}, not for {scenario.Newest}.");
        if (record.Status != RunStatus.Completed)
            throw new BrokenInvariantException($"The newest input is {record.Status}: {record.Message}");
        var content = scenario.Arrivals.First(IsNewest).Content;
        if (!Files.ReadText($"{_folder}/eplusout.eso").StartsWith(content + " ", StringComparison.Ordinal))
            throw new BrokenInvariantException("The results are not of the newest content.");
        var listed = record.Files.Select(file => file.Path).Append(RunRecordFile.Name).Concat(hadFault ? [RunRecordFile.ProgressName] : []);
        var unlisted = Files.Glob(_folder, "**").Select(path => path[(_folder.Length + 1)..]).Except(listed)
            .Where(name => !late.Contains(Files.ReadText($"{_folder}/{name}"))).ToList();
        if (unlisted.Count > 0) throw new BrokenInvariantException($"The record does not list {string.Join(", ", unlisted)}.");
        if (scenario.IsStudy) CheckStudy(content);
        // A run that has been superseded may leave a note; it only points, and goes when the file comes.
        if (!hadFault && scenario.Arrivals.Count(arrival => arrival.IsRun) == 1 && Files.Glob("outputs/.waiting", "**").Any())
            throw new BrokenInvariantException("A note of a waiting model has stayed.");
    }

    /// <summary>Its record and its table are of the newest file, and tell that all has ended.</summary>
    private void CheckStudy(string content)
    {
        var study = StudyRecordFile.FromJson(Files.ReadBytes($"{StudyFolder}/{StudyRecordFile.Name}"))!;
        if (study.Status != StudyStatus.Collected || study.Counts.GetValueOrDefault("completed") != 1)
            throw new BrokenInvariantException($"The study is {study.Status}: {study.Message}");
        if (Sequencer.Compare(study.Sequencer!, scenario.Newest) != 0)
            throw new BrokenInvariantException($"The study's record is for {study.Sequencer}, not for {scenario.Newest}.");
        var table = Files.ReadText($"{StudyFolder}/{StudyRecordFile.CsvName}");
        if (!table.Contains($"\na,{content},completed,", StringComparison.Ordinal))
            throw new BrokenInvariantException($"The table is not of the newest file: {table}");
    }

    /// <summary>
    /// None is left. What a process begins after another run has fenced its folder, and dies, is left to the bucket's lifecycle rule.
    /// </summary>
    private void CheckUploads()
    {
        if (Uploads.Find(upload => !upload.IsOrphan || scenario.Arrivals.Length == 1) is { } left)
            throw new BrokenInvariantException($"The upload of {left.Path} was begun and never ended.");
    }

    private bool IsNewest(Arrival arrival) => arrival.IsRun && Sequencer.Compare(arrival.Sequencer, scenario.Newest) == 0;

    private RunRecord? Record() =>
        Files.Exists($"{_folder}/run.json") ? RunRecordFile.FromJson(Files.ReadBytes($"{_folder}/run.json")) : null;
}

/// <summary>What must never happen has happened.</summary>
internal sealed class BrokenInvariantException(string message) : Exception(message);
