using System.Text;
using System.Text.Json.Nodes;

using IdfKit.Function.Events;

namespace IdfKit.Lambda.Tests.Events;

/// <summary>Whatever an event is wrapped in, what comes out is what was put; and whatever is no event is refused with a sentence.</summary>
public sealed class EnvelopePropertyTests
{
    private static readonly string[] Odd = [
        "null", "7", "-1e400", "true", "\"\"", "\"text\"", $"\"{GeneratedEvent.HalfAPair}\"", "[]", "[[]]",
        "{}", "{\"Records\":null}", "\"{}\"", "1.5"
    ];

    [Fact]
    public void Objects_come_out_as_they_went_in_in_order_and_by_message()
    {
        for (var seed = 0; seed < 5000; seed++)
        {
            var made = new GeneratedEvent(new Random(seed));
            var read = EventEnvelope.Parse(Encoding.UTF8.GetBytes(made.Json));
            var told = $"seed {seed}: {made.Json}";
            Assert.True(made.Kind == read.Kind && made.Items.Count == read.Items.Count, told);
            foreach (var (expected, item) in made.Items.Zip(read.Items))
            {
                Assert.True(expected.MessageId == item.MessageId, told);
                Assert.True(expected.Objects is null == item.Fault is not null, told);
                Assert.True((expected.Objects ?? []).SequenceEqual(item.Objects),
                    $"{told}\nexpected {string.Join(", ", expected.Objects ?? [])}\nread {string.Join(", ", item.Objects)}");
            }
        }
    }

    [Fact]
    public void Spoilt_events_are_refused_with_a_sentence_or_tell_of_something()
    {
        for (var seed = 0; seed < 10_000; seed++)
        {
            var random = new Random(seed);
            ParseOrRefuse(
                Encoding.UTF8.GetBytes(new GeneratedEvent(random, node => random.Next(2) == 0 ? node : Spoil(node, random)).Json),
                $"seed {seed}");
        }
    }

    [Fact]
    public void Cut_and_altered_events_are_refused_with_a_sentence_or_tell_of_something()
    {
        for (var seed = 0; seed < 10_000; seed++)
        {
            var random = new Random(seed);
            var bytes = Encoding.UTF8.GetBytes(new GeneratedEvent(random).Json);
            if (random.Next(2) == 0) ParseOrRefuse(bytes.AsMemory(0, random.Next(bytes.Length)), $"seed {seed}, cut");
            for (var count = 1 + random.Next(3); count > 0; count--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            ParseOrRefuse(bytes, $"seed {seed}, altered");
        }
    }

    private static void ParseOrRefuse(ReadOnlyMemory<byte> json, string told)
    {
        try
        {
            foreach (var item in EventEnvelope.Parse(json).Items)
                Assert.True(item.Objects.All(drop => drop is { Bucket.Length: > 0, Key.Value.Length: > 0 }),
                    $"{told}: an object without a name in {Encoding.UTF8.GetString(json.Span)}");
        }
        catch (UnknownEventException e) { Assert.True(e.Message.EndsWith('.'), e.Message); }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{told}: {e.GetType().Name}: {e.Message}\n{Encoding.UTF8.GetString(json.Span)}");
        }
    }

    /// <summary>One value anywhere becomes another one, or goes.</summary>
    private static JsonNode Spoil(JsonNode root, Random random)
    {
        var places = new List<JsonNode>();
        Collect(root, places);
        if (places.Count == 0 || random.Next(20) == 0) return JsonNode.Parse(Odd[random.Next(Odd.Length)]) ?? root;
        var place = places[random.Next(places.Count)];
        if (place.Parent is JsonObject parent)
        {
            var name = place.GetPropertyName();
            parent.Remove(name);
            if (random.Next(4) > 0) parent[name] = JsonNode.Parse(Odd[random.Next(Odd.Length)]);
        }
        else if (place.Parent is JsonArray array) array[place.GetElementIndex()] = JsonNode.Parse(Odd[random.Next(Odd.Length)]);
        return root;
    }

    private static void Collect(JsonNode node, List<JsonNode> places)
    {
        foreach (var child in node is JsonObject fields ? fields.Select(field => field.Value) : node as IEnumerable<JsonNode?> ?? [])
        {
            if (child is null) continue;
            places.Add(child);
            Collect(child, places);
        }
    }
}
