namespace FaultProxies;

/// <summary>One HTTP request that came through.</summary>
/// <param name="Number">From 1, in the order of arrival.</param>
/// <param name="Method">E.g. <c>PUT</c>.</param>
/// <param name="Target">Path and query, still encoded.</param>
/// <param name="Header">A header of the request by its name; null when it has none.</param>
public sealed record ProxiedCall(int Number, string Method, string Target, Func<string, string?> Header)
{
    internal long Answered;

    internal TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// Whether an answer began to come. The server may have closed a connection that was kept open; whoever asked then asks again by
    /// another one, without a word.
    /// </summary>
    public bool IsAnswered { get; internal set; }

    /// <summary>Bytes of the answer's body that went to the client.</summary>
    public long AnsweredBytes => Interlocked.Read(ref Answered);

    /// <summary>As AWS counts it: <c>puts</c> (steps of uploads by parts, too), <c>gets</c>, <c>lists</c> or <c>deletes</c>.</summary>
    public string Kind => Method switch
    {
        "DELETE" => "deletes",
        "POST" when Has("delete") => "deletes",
        "GET" when Has("list-type") || Has("uploads") => "lists",
        "GET" or "HEAD" => "gets",
        _ => "puts",
    };

    /// <summary>Whether the query has this name.</summary>
    public bool Has(string query) => Target.Split('?', 2) is [_, var rest] && rest.Split('&').Any(pair => pair.Split('=')[0] == query);
}
