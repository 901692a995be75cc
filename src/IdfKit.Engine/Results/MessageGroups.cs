namespace IdfKit.Engine.Results;

/// <summary>
/// Puts the messages of an <c>.err</c> file together that differ only in names and numbers. It takes no more memory however many come.
/// </summary>
internal sealed class MessageGroups
{
    private const int MostKept = 20;
    private const int MostCounted = 2000;
    private const int LongestMessage = 1000;
    private const int LongestText = 300;

    private readonly Dictionary<(ErrSeverity, string), MessageGroup> _groups = [];

    /// <summary>How many kinds there are; of more than 2,000 the rest is not told apart.</summary>
    public int Count => _groups.Count;

    /// <summary>The kinds of messages that a modeller should see first.</summary>
    public static IReadOnlyList<GroupedMessage> Of(IEnumerable<ErrMessage> messages)
    {
        var groups = new MessageGroups();
        foreach (var message in messages) groups.Add(message);
        return groups.Told();
    }

    public void Add(ErrMessage message)
    {
        var key = (message.Severity, MessagePattern.Of(message.Text));
        if (_groups.TryGetValue(key, out var group)) _groups[key] = group with { Count = Sum(group.Count, message.Count) };
        else if (_groups.Count < MostCounted) _groups.Add(key, new(message.Severity, Cut(message.Text), message.Count, null));
    }

    /// <summary>
    /// The twenty that a modeller should see first: what ended the run, weather of another place, severe errors, requests that nothing
    /// answered, warnings, and what is harmless; of each the most frequent first.
    /// </summary>
    public IReadOnlyList<GroupedMessage> Told()
    {
        var isFatal = _groups.Keys.Any(key => key.Item1 is ErrSeverity.Fatal);
        var found = _groups.Values.Select(group => (Group: group, Known: MessageCatalogue.Instance.Find(group.Text)));
        var kept = found
            .OrderBy(item => StandingOf(item.Group, item.Known?.Kind, isFatal))
            .ThenByDescending(item => item.Group.Count)
            .Take(MostKept);
        return [.. kept.Select(item => Explained(item.Group, item.Known?.Kind, item.Known?.Subject))];
    }

    /// <summary>The sum of two counts, or the largest number: a file may say anything.</summary>
    public static long Sum(long one, long other) => one > long.MaxValue - other ? long.MaxValue : one + other;

    private static MessageStanding StandingOf(MessageGroup group, MessageKind? kind, bool isFatal) => group.Severity switch
    {
        ErrSeverity.Fatal => MessageStanding.Fatal,
        ErrSeverity.Severe when isFatal => MessageStanding.SevereOfFatal,
        ErrSeverity.Severe => MessageStanding.Severe,
        _ => kind?.Standing ?? MessageStanding.Unknown,
    };

    /// <summary>What is told of a kind; only of those that are kept, because finding the object takes time.</summary>
    private static GroupedMessage Explained(MessageGroup group, MessageKind? kind, (string ClassName, string Name)? known)
    {
        var subject = known ?? MessagePattern.ObjectOf(group.Text);
        var told = group with
        {
            Text = OneLine.Of(group.Text, LongestText),
            Subject = subject is var (className, name) ? OneLine.Of($"{className} \"{name}\"") : null,
            Line = MessagePattern.LineOf(group.Text),
            Meaning = kind?.Meaning,
            Harmless = kind?.IsHarmless,
        };
        return new(told, subject);
    }

    private static string Cut(string text) => text.Length <= LongestMessage ? text : text[..LongestMessage];
}
