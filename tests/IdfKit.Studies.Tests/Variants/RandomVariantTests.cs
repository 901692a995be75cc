using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

using IdfKit.Engine;
using IdfKit.Engine.Schemas;
using IdfKit.Studies.Columns;
using IdfKit.Studies.Variants;

using TestBed;

namespace IdfKit.Studies.Tests.Variants;

/// <summary>Random values for random fields of real models, read back by our reader and by EnergyPlus's own converter.</summary>
public sealed class RandomVariantTests : IDisposable
{
    private const int FieldsOfARow = 12;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("one-zone"), InlineData("OfficeSmall"), InlineData("Warehouse")]
    public void Converter_and_reader_find_the_values_and_nothing_else_changed(string name)
    {
        var bytes = File.ReadAllBytes(RealParts.Model(name));
        var before = Convert(bytes, ".idf");
        var json = Encoding.UTF8.GetBytes(before.ToJsonString());
        for (var round = 0; round < Needs.Rounds(8, 2); round++)
        {
            var seed = Random.Shared.Next();
            var changes = ChangesOf(new BaseModel("a.idf", bytes).Model, new Random(seed));
            var values = changes.Select(change => (Heading.Read(change.Heading)!, change.Value)).ToList();
            var expected = JsonNode.Parse(json)!;
            foreach (var change in changes) Put(expected, change);

            var idf = new VariantMaker(new("a.idf", bytes), Edit.Schema).Make(values);
            AssertSame(expected, Convert(idf, ".idf"), $"seed {seed}, {name}");
            AssertReads(bytes, idf, changes, $"seed {seed}, {name}");
            // The same row on the same model in the other form.
            var epJson = new VariantMaker(new("a.epJSON", json), Edit.Schema).Make(values);
            AssertSame(expected, JsonNode.Parse(epJson)!, $"seed {seed}, {name} as epJSON");
        }
    }

    private sealed record Change(ClassSchema Class, string? Object, FieldAddress Address, string Heading, string Value);

    private static List<Change> ChangesOf(Model model, Random random)
    {
        Dictionary<string, Change> changes = new(StringComparer.Ordinal);
        while (changes.Count < FieldsOfARow)
        {
            var item = model.Objects[random.Next(model.Objects.Count)];
            var found = Edit.Schema.Find(item.ClassName)!;
            if (!found.HasName && model.ObjectsOf(found.Name).Count > 1) continue;
            var at = random.Next(found.HasName ? 1 : 0, item.FieldCount + 2);
            var isGroup = at >= found.Fields.Count;
            if (found.LabelAt(at) is not { } label || (isGroup && at >= item.FieldCount)) continue;
            var address = found.Find(label)!;
            Assert.Equal(at, address.IdfField);
            if (ValueFor(address.Field, random) is not { } value) continue;
            var heading = $"{found.Name}/{(found.HasName ? item.Name!.Replace("/", "\\/", StringComparison.Ordinal) : "")}/{label}";
            changes[$"{item.Line} {at}"] = new(found, found.HasName ? item.Name : null, address, heading, value);
        }
        return [.. changes.Values];
    }

    private static string? ValueFor(FieldSchema field, Random random)
    {
        if (field.Choices.Count > 0 && (!field.TakesNumbers || random.Next(3) == 0)) return field.Choices[random.Next(field.Choices.Count)];
        if (!field.TakesNumbers) return field.TakesText ? $"Some text {random.Next(1000)}" : null;
        for (var tries = 0; tries < 100; tries++)
        {
            var number = (field.Minimum ?? -100) + (random.NextDouble() * ((field.Maximum ?? 1000) - (field.Minimum ?? -100)));
            number = field.IsInteger ? Math.Round(number) : Math.Round(number, 3);
            if (field.IsInRange(number)) return number.ToString(CultureInfo.InvariantCulture);
        }
        return null;
    }

    private static void Put(JsonNode model, Change change)
    {
        var objects = model[change.Class.Name]!.AsObject();
        var item = change.Object is null
            ? objects.Single().Value!
            : objects.Single(one => one.Key.Equals(change.Object, StringComparison.OrdinalIgnoreCase)).Value!;
        var owner = change.Address.Group is { } group ? item[change.Class.GroupsKey!]![group]! : item;
        owner[change.Address.Field.Key] = change.Address.Field.TakesNumbers && NumberText.Read(change.Value) is { } number
            ? JsonValue.Create(number)
            : JsonValue.Create(change.Value);
    }

    private static void AssertReads(byte[] before, byte[] after, List<Change> changes, string where)
    {
        var (old, made) = (new BaseModel("a.idf", before).Model, new BaseModel("a.idf", after).Model);
        Assert.Equal(old.Objects.Count, made.Objects.Count);
        var left = changes.ToList();
        for (var at = 0; at < old.Objects.Count; at++)
        {
            var (one, other) = (old.Objects[at], made.Objects[at]);
            for (var field = 0; field < other.FieldCount; field++)
            {
                var change = left.Find(change => change.Address.IdfField == field
                    && change.Class.Name.Equals(one.ClassName, StringComparison.OrdinalIgnoreCase)
                    && (change.Object is null || change.Object == one.Name));
                var expected = change?.Value ?? (field < one.FieldCount ? one.Fields[field] : "");
                Assert.True(
                    expected == other.Fields[field], $"{where}: {one} field {field} is '{other.Fields[field]}' and not '{expected}'");
                if (change is not null) left.Remove(change);
            }
        }
        Assert.True(left.Count == 0, $"{where}: {left.FirstOrDefault()?.Heading} is not there");
    }

    private JsonNode Convert(byte[] model, string extension)
    {
        var path = _folder["model" + extension];
        File.WriteAllBytes(path, model);
        var start = new ProcessStartInfo(Path.Combine(StudyBed.EnergyPlus.Directory, "ConvertInputFormat"))
        {
            ArgumentList = { "-o", _folder.Path, path }, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var converter = Process.Start(start)!;
        var said = converter.StandardOutput.ReadToEnd();
        converter.WaitForExit();
        Assert.True(converter.ExitCode == 0 && said.Contains("success", StringComparison.Ordinal), said);
        return JsonNode.Parse(File.ReadAllText(_folder["model.epJSON"]))!;
    }

    private static void AssertSame(JsonNode? expected, JsonNode? actual, string where)
    {
        switch (expected, actual)
        {
            case (JsonObject one, JsonObject other):
                Assert.True(one.Count == other.Count, $"{where}: {string.Join(' ', one.Select(member => member.Key))} and "
                    + string.Join(' ', other.Select(member => member.Key)));
                foreach (var (key, value) in one) AssertSame(value, other[key], $"{where}/{key}");
                break;
            case (JsonArray one, JsonArray other):
                Assert.True(one.Count == other.Count, where);
                for (var at = 0; at < one.Count; at++) AssertSame(one[at], other[at], $"{where}/{at}");
                break;
            default:
                Assert.True(Plain(expected) == Plain(actual), $"{where}: {Plain(expected)} and {Plain(actual)}");
                break;
        }
    }

    private static string Plain(JsonNode? value)
    {
        var text = value?.ToString() ?? "";
        return NumberText.Read(text) is { } number ? number.ToString("G12", CultureInfo.InvariantCulture) : text;
    }
}
