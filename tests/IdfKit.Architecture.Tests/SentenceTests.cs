using System.Reflection;
using System.Text.RegularExpressions;

namespace IdfKit.Architecture.Tests;

/// <summary>
/// What a modeller reads stands in one file per library, <c>…Sentences</c>: each sentence, whatever it is given, is one
/// line without control characters, of at most 300 characters, that ends with a full stop and names no type or
/// parameter of ours.
/// </summary>
public sealed partial class SentenceTests
{
    private const int Longest = 300;
    private const string PartMark = "SentencePartAttribute";
    private const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly string[] Libraries = [
        "IdfKit.Storage", "IdfKit.Engine", "IdfKit.Runs", "IdfKit.Simulation", "IdfKit.Studies", "IdfKit.Drops"
    ];

    public static TheoryData<string> Sentences => [.. Catalogues().SelectMany(NamesOf)];

    [Theory, MemberData(nameof(Sentences))]
    public void Sentence_is_one_short_clean_line_whatever_it_is_given(string name)
    {
        var (catalogue, member) = (name[..name.LastIndexOf('.')], name[(name.LastIndexOf('.') + 1)..]);
        var type = Catalogues().Single(type => type.FullName == catalogue);
        var rendered = type.GetMember(member, Statics).SelectMany(Rendered).ToList();
        Assert.NotEmpty(rendered);
        var faults = rendered.Where(sentence => FaultOf(sentence) is not null).Select(sentence => $"{FaultOf(sentence)}: {sentence}");
        Assert.True(!faults.Any(), $"{name} {faults.FirstOrDefault()}");
    }

    [Fact]
    public void Sentence_with_each_fault_is_found()
    {
        Assert.Null(FaultOf("'office.idf' is empty."));
        Assert.NotNull(FaultOf("'office.idf' is\nempty."));
        Assert.NotNull(FaultOf("'office.idf' is empty"));
        Assert.NotNull(FaultOf("'office.idf' is empty.."));
        Assert.NotNull(FaultOf(new string('x', 300) + "."));
        Assert.NotNull(FaultOf("The RunRecord is empty."));
        Assert.NotNull(FaultOf("Parameter 'cancellationToken' is empty."));
        Assert.NotNull(FaultOf("The value of System.String is empty."));
    }

    private static IEnumerable<Type> Catalogues() =>
        Libraries.Select(Assembly.Load).SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Sentences", StringComparison.Ordinal));

    // Parts of sentences are private or marked.
    private static IEnumerable<string> NamesOf(Type catalogue)
    {
        var methods = catalogue.GetMethods(Statics)
            .Where(method => !method.IsPrivate && !method.IsSpecialName && method.ReturnType == typeof(string))
            .Cast<MemberInfo>();
        var fields = catalogue.GetFields(Statics).Where(field => !field.IsPrivate && field.FieldType == typeof(string));
        var properties = catalogue.GetProperties(Statics)
            .Where(property => property.GetMethod is { IsPrivate: false } && property.PropertyType == typeof(string));
        var sentences = methods.Concat(fields)
            .Concat(properties)
            .Where(member => !member.CustomAttributes.Any(mark => mark.AttributeType.Name == PartMark));
        return sentences.Select(member => $"{catalogue.FullName}.{member.Name}").Distinct();
    }

    private static IEnumerable<string> Rendered(MemberInfo member) => member switch
    {
        MethodInfo method => Samples.Arguments(method.GetParameters())
            .Select(arguments => (string?)method.Invoke(null, arguments))
            .OfType<string>(),
        FieldInfo field => [(string)field.GetValue(null)!],
        PropertyInfo property => [(string)property.GetValue(null)!],
        _ => [],
    };

    private static string? FaultOf(string sentence)
    {
        if (sentence.Any(IsControl)) return "has a line end or another control character";
        if (sentence.Length > Longest) return $"has {sentence.Length} characters";
        if (!sentence.EndsWith('.') || sentence.EndsWith("..", StringComparison.Ordinal)) return "does not end with one full stop";
        return OurName().Matches(sentence).Select(match => match.Value).FirstOrDefault(OurNames.Value.Contains) is { } ours
            ? $"names {ours}"
            : null;
    }

    private static bool IsControl(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';

    // Words of more than one hump: those of one are English too.
    private static readonly Lazy<HashSet<string>> OurNames = new(() =>
    [
        .. from type in Libraries.Select(Assembly.Load).SelectMany(assembly => assembly.GetTypes())
           from name in type.GetMethods(Statics | BindingFlags.Instance)
               .SelectMany(method => method.GetParameters())
               .Select(parameter => parameter.Name)
               .Append(type.Name)
           where name is not null && OurName().IsMatch(name)
           select name,
        "System.String", "JsonException", "ArgumentException",
    ]);

    [GeneratedRegex(@"\b(System\.\w+|[A-Za-z][a-z]+[A-Z]\w+)")]
    private static partial Regex OurName();
}
