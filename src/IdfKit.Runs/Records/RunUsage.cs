namespace IdfKit.Runs;

/// <summary>
/// What a run took, from its claim to the write of its last record, of what AWS is paid for. Every request counts, also one that was
/// refused or sent again; that last write counts among <paramref name="Puts"/>, once, and not among the bytes.
/// </summary>
/// <param name="Puts">Requests that store: each file, each part of a large one with its beginning and end, each record.</param>
/// <param name="Gets">Requests that read an object, or what is known of it.</param>
/// <param name="Lists">Requests that list, one for each page.</param>
/// <param name="Deletes">Requests that remove.</param>
/// <param name="BytesIn">Content that was fetched.</param>
/// <param name="BytesOut">Content that was stored.</param>
/// <param name="GbSeconds">The function's memory, in units of 1,024 MB, times the seconds; null outside Lambda.</param>
public sealed record RunUsage(long Puts, long Gets, long Lists, long Deletes, long BytesIn, long BytesOut, double? GbSeconds);
