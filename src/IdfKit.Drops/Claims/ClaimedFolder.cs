using System.Collections.Concurrent;

using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Drops.Claims;

/// <summary>
/// The output folder as the run that holds its claim writes it. Every file is written under a condition: that nothing lies under its
/// name, or just what lay there when this run looked. So what a process has under way when it is frozen, or thought dead, changes
/// nothing that another run has written meanwhile.
/// </summary>
/// <param name="files">The bucket of the results.</param>
/// <param name="folder">The folder.</param>
/// <param name="claim">That of the run.</param>
/// <param name="isEmpty">Whether no run has written there, so that nothing need be looked for.</param>
/// <param name="grace">How long before the end of its lease the run no longer trusts it without a look.</param>
/// <param name="time">The clock.</param>
internal sealed class ClaimedFolder(
    IAsyncFileSystem files, string folder, RunClaim claim, bool isEmpty, TimeSpan grace, TimeProvider time)
{
    private const int Rounds = 8; // each one means that a late write of another run came between

    private static readonly TimeSpan LookLasts = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, string?> _found = new(StringComparer.Ordinal); // by whom, nobody knows
    private readonly ConcurrentDictionary<string, string?> _written = new(StringComparer.Ordinal); // by this run
    private readonly ConcurrentDictionary<string, StorageException?> _contested = new(StringComparer.Ordinal);
    private long _trustedUntil; // in ticks

    /// <summary>
    /// Learns what earlier runs have left; that counts only if the claim is found to hold afterwards. Costs a listing, and a HEAD for
    /// each recorded file of a folder below; nothing for the first run.
    /// </summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (isEmpty) return;
        var lies = await ListOrNullAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (name, etag) in lies ?? []) _found[name] = etag;
        if (claim.Previous is not { Status: not RunStatus.Running } ended) return;
        foreach (var file in ended.Files.Where(file => !_found.ContainsKey(file.Path)))
            if (await EntryAsync(file.Path, cancellationToken).ConfigureAwait(false) is { } entry) _found[file.Path] = entry.ETag;
    }

    /// <summary>Whether this run has written the file.</summary>
    public bool Has(string name) => _written.ContainsKey(name);

    /// <summary>Whether this round did not write the file, so that the next one is to.</summary>
    public bool IsContested(string name) => _contested.ContainsKey(name);

    /// <summary>What this run has written but does not tell of is removed with what earlier runs have left.</summary>
    public void Disown(IEnumerable<string> names)
    {
        foreach (var name in names)
            if (_written.Remove(name, out var etag)) _found[name] = etag;
    }

    /// <summary>
    /// Writes one file under its condition. Where that does not hold, or the lease may have run out, nothing is written yet, and it
    /// gives false: see <see cref="UntilWrittenAsync"/>.
    /// </summary>
    public async Task<bool> TryWriteAsync(
        string name, WriteOptions options, Func<string, WriteOptions, CancellationToken, Task<FileEntry>> write,
        CancellationToken cancellationToken)
    {
        if (IsDoubtful())
        {
            _contested[name] = null;
            return false;
        }
        var (path, etag) = ($"{folder}/{name}", _found.GetValueOrDefault(name));
        try
        {
            var condition = options with { IfAbsent = etag is null, IfMatch = etag };
            _written[name] = (await write(path, condition, cancellationToken).ConfigureAwait(false)).ETag;
            return true;
        }
        catch (StorageException e) when (e.Kind is StorageErrorKind.PreconditionFailed or StorageErrorKind.Conflict
            || (e.Kind is StorageErrorKind.NotFound && e.Path == path && etag is not null))
        {
            _contested[name] = e;
            return false;
        }
    }

    /// <summary>
    /// Begins to write one file before the fence, under the condition that it would have now. It may be completed only by
    /// <see cref="TryWriteAsync"/>, and only where the condition is that one still. Costs a HEAD where an earlier run has been.
    /// </summary>
    public async Task<(WriteOptions Options, StorageWriteStream Stream)> OpenAheadAsync(
        string name, WriteOptions options, CancellationToken cancellationToken)
    {
        var etag = isEmpty ? null : (await EntryAsync(name, cancellationToken).ConfigureAwait(false))?.ETag;
        var condition = options with { IfAbsent = etag is null, IfMatch = etag };
        return (condition, await files.OpenWriteAsync($"{folder}/{name}", condition, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Writes all files in rounds: what was contested is looked at once more, as long as the claim is held.</summary>
    /// <param name="round">Writes what this run does not have yet.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ClaimLostException">Another run has taken over.</exception>
    public async Task UntilWrittenAsync(Func<CancellationToken, Task> round, CancellationToken cancellationToken)
    {
        for (var left = Rounds; ; left--)
        {
            await round(cancellationToken).ConfigureAwait(false);
            if (_contested.IsEmpty) return;
            foreach (var (name, refused) in _contested.OrderBy(file => file.Key, StringComparer.Ordinal))
                if (refused is not null) await LookAgainAsync(name, refused, isLast: left <= 1, cancellationToken).ConfigureAwait(false);
            await RequireHeldAsync(cancellationToken).ConfigureAwait(false); // only now is what was seen known to be of no later run
            _contested.Clear();
        }
    }

    /// <summary>Removes what this run has not written, each file only if it is still what it was when it was looked at.</summary>
    /// <exception cref="ClaimLostException">Another run has taken over.</exception>
    public async Task RemoveOthersAsync(CancellationToken cancellationToken)
    {
        if (claim.FollowsUnended) await LookForLateWritesAsync(cancellationToken).ConfigureAwait(false);
        var others = _found.Where(file => !Has(file.Key)).OrderBy(file => file.Key, StringComparer.Ordinal).ToList();
        for (var at = 0; at < others.Count; at++)
        {
            if (at == 0 || IsDoubtful()) await RequireHeldAsync(cancellationToken).ConfigureAwait(false);
            await RemoveAsync(others[at].Key, others[at].Value, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Looks whether the claim is still held.</summary>
    /// <exception cref="ClaimLostException">Another run has taken over.</exception>
    public async Task RequireHeldAsync(CancellationToken cancellationToken)
    {
        var looked = time.GetUtcNow();
        if (!await claim.IsHeldAsync(cancellationToken).ConfigureAwait(false)) throw new ClaimLostException();
        Volatile.Write(ref _trustedUntil, (looked + LookLasts).Ticks);
    }

    /// <summary>
    /// After the claim is lost: what this process wrote late, and the record of the run that took over does not list, goes. What that
    /// run still has under way it looks after by itself.
    /// </summary>
    public async Task UndoAsync(CancellationToken cancellationToken)
    {
        if (_written.IsEmpty) return;
        var record = await claim.CurrentAsync(cancellationToken).ConfigureAwait(false);
        if (record is null or { Status: RunStatus.Running }) return;
        foreach (var name in _written.Keys.Except(record.Files.Select(file => file.Path)).Order(StringComparer.Ordinal))
            await RemoveAsync(name, _written[name], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A run that is thought dead may have written after this one looked.</summary>
    /// <exception cref="RunDeferredException">It has changed what this run wrote, as only servers without conditions let it.</exception>
    private async Task LookForLateWritesAsync(CancellationToken cancellationToken)
    {
        if (await ListOrNullAsync(cancellationToken).ConfigureAwait(false) is not { } lies) return;
        foreach (var (name, etag) in lies.Where(file => !Has(file.Key))) _found[name] = etag;
        var ours = _written.Keys.Where(name => !name.Contains('/', StringComparison.Ordinal)); // the listing is of one level
        if (ours.FirstOrDefault(name => lies.GetValueOrDefault(name) != _written[name]) is { } altered)
            throw new RunDeferredException(DropSentences.ResultAltered($"{folder}/{altered}"));
    }

    private async Task LookAgainAsync(string name, StorageException refused, bool isLast, CancellationToken cancellationToken)
    {
        if (isLast)
            throw new StorageException(refused.Kind, refused.Operation, refused.Path,
                DropSentences.ConditionsRefused(refused.Path), isTransient: true, refused);
        if (await EntryAsync(name, cancellationToken).ConfigureAwait(false) is { } entry) _found[name] = entry.ETag;
        else _found.Remove(name, out _);
    }

    // What was frozen past its lease notices by the clock.
    private bool IsDoubtful()
    {
        var now = time.GetUtcNow();
        return now + grace >= claim.Record.ExpiresAt && now.Ticks >= Volatile.Read(ref _trustedUntil);
    }

    private async Task RemoveAsync(string name, string? etag, CancellationToken cancellationToken)
    {
        var path = $"{folder}/{name}";
        var isConditional = etag is not null && files.Capabilities.HasFlag(StorageCapabilities.ConditionalRemove);
        try { await (isConditional ? files.RemoveAsync(path, etag!, cancellationToken) : files.RemoveAsync(path, cancellationToken))
            .ConfigureAwait(false); }
        // gone already, or another run has written it since
        catch (StorageException e) when (e.Kind is StorageErrorKind.NotFound or StorageErrorKind.PreconditionFailed) { return; }
    }

    private async Task<FileEntry?> EntryAsync(string name, CancellationToken cancellationToken)
    {
        try { return await files.StatAsync($"{folder}/{name}", cancellationToken).ConfigureAwait(false); }
        // A role that may not list is denied what is not there.
        catch (StorageException e) when (e.Kind is StorageErrorKind.NotFound or StorageErrorKind.AccessDenied) { return null; }
    }

    /// <summary>Name and ETag of what lies right in the folder beside the record; null where the role may not list it.</summary>
    private async Task<Dictionary<string, string?>?> ListOrNullAsync(CancellationToken cancellationToken)
    {
        try
        {
            var entries = await files.ListFolderAsync(folder, options: null, cancellationToken)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            return entries.Where(entry => !entry.IsFolder && entry.Path != $"{folder}/{RunRecordFile.Name}")
                .ToDictionary(entry => entry.Path[(folder.Length + 1)..], entry => entry.ETag, StringComparer.Ordinal);
        }
        catch (StorageException e) when (e.Kind == StorageErrorKind.AccessDenied) { return null; }
    }
}
