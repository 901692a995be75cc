using System.Text;

using IdfKit.Engine.Results;

using TestBed;

namespace IdfKit.Engine.Tests.Results;

/// <summary>
/// Each kind of message that is explained, against messages as EnergyPlus has written them: <c>real-messages.err</c> has them under
/// the name of their kind.
/// </summary>
public sealed class MessageCatalogueTests
{
    private const int Longest = 300;

    private static readonly MessageCatalogue Catalogue = MessageCatalogue.Instance;

    public static TheoryData<string> Kinds => [.. Catalogue.Kinds.Select(kind => kind.Id)];

    private static Dictionary<string, IReadOnlyList<ErrMessage>> Real { get; } = ReadReal();

    [Fact]
    public void Sixty_kinds_and_more_are_explained_each_once()
    {
        Assert.InRange(Catalogue.Kinds.Count, 60, 500);
        Assert.Equal(Catalogue.Kinds.Count, Catalogue.Kinds.Select(kind => kind.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Catalogue.Kinds.Count, Catalogue.Kinds.Select(kind => kind.Meaning).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Catalogue.Kinds.Select(kind => kind.Id).Order(StringComparer.Ordinal), Real.Keys.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Real_messages_of_a_kind_are_found_as_that_kind(string id)
    {
        Assert.NotEmpty(Real[id]);
        Assert.All(Real[id], message => Assert.Equal(id, Catalogue.Find(message.Text)?.Kind.Id));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Meaning_is_one_short_line_that_ends_with_a_full_stop(string id)
    {
        var kind = Catalogue.Kinds.Single(kind => kind.Id == id);

        Assert.InRange(kind.Meaning.Length, 30, Longest);
        Assert.DoesNotContain(kind.Meaning, char.IsControl);
        Assert.DoesNotContain("  ", kind.Meaning, StringComparison.Ordinal);
        Assert.EndsWith(".", kind.Meaning, StringComparison.Ordinal);
        Assert.Equal(kind.IsHarmless, kind.Meaning.Contains(" Harmless. ", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Meaning_does_not_repeat_what_energyplus_says(string id)
    {
        var said = Real[id].SelectMany(message => Runs(message.Text)).ToHashSet(StringComparer.OrdinalIgnoreCase);

        Assert.DoesNotContain(Runs(Catalogue.Kinds.Single(kind => kind.Id == id).Meaning), said.Contains);
    }

    [Theory]
    [InlineData("Zone={Zone} is cold", "Zone=HALL 1 is cold and more", "HALL 1")]
    [InlineData("Zone={Zone} is cold", "zone=HALL 1 IS COLD", "HALL 1")]
    [InlineData("Pump={Pump}", "Pump=P 1\nmore", "P 1")]
    [InlineData("A*b {Zone}\nin", "A then b\nb HALL\nin", "HALL")]
    [InlineData("*far \"{Zone}\"", "too far \"HALL\"", "HALL")]
    [InlineData("A*", "A", null)]
    [InlineData("A", "Any", null)]
    public void Template_matches_the_beginning_and_takes_the_name_out(string template, string message, string? name)
    {
        Assert.True(new MessageTemplate(template).Matches(message, out var subject));
        Assert.Equal(name, subject?.Name);
    }

    [Theory]
    [InlineData("Zone={Zone} is cold", "Zone=HALL is warm")]
    [InlineData("Zone={Zone} is cold", "Zone=HALL\n is cold")]
    [InlineData("Zone={Zone} is cold", "The Zone=HALL is cold")]
    [InlineData("A*b", "A")]
    [InlineData("A", "")]
    public void Template_does_not_match_what_differs(string template, string message) =>
        Assert.False(new MessageTemplate(template).Matches(message, out _));

    [Fact]
    public void Template_leaves_a_name_that_is_none_alone()
    {
        var message = $"Zone={new string('x', 5000)} is cold";

        Assert.False(new MessageTemplate("Zone={Zone} is cold").Matches(message, out _));
    }

    [Fact]
    public void Words_for_several_classes_are_known()
    {
        Assert.Contains("Pump:*", Catalogue.ClassesOf("pump"));
        Assert.Empty(Catalogue.ClassesOf("Routine"));
    }

    /// <summary>Each run of eight words; names of fields have up to seven.</summary>
    private static IEnumerable<string> Runs(string text)
    {
        const int Words = 8;
        var words = text.Split([' ', '\n', ',', '.', ';', ':', '"'], StringSplitOptions.RemoveEmptyEntries);
        return Enumerable.Range(0, Math.Max(0, words.Length - Words + 1)).Select(first => string.Join(' ', words[first..(first + Words)]));
    }

    private static Dictionary<string, IReadOnlyList<ErrMessage>> ReadReal()
    {
        var text = File.ReadAllText(Repository.PathOf("tests", "IdfKit.Engine.Tests", "Results", "real-messages.err"));
        return text.Split("\n! ").Skip(1).Select(part => part.Split('\n', 2)).ToDictionary(
            part => part[0],
            part => ErrReport.Read(new MemoryStream(Encoding.UTF8.GetBytes(part[1]))).Messages,
            StringComparer.Ordinal);
    }
}
