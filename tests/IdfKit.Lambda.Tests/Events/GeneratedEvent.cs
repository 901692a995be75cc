using System.Globalization;
using System.Text.Json.Nodes;

using IdfKit.Drops;
using IdfKit.Drops.Objects;
using IdfKit.Function.Events;

namespace IdfKit.Lambda.Tests.Events;

/// <summary>
/// An event of any kind that the function takes, nested as they come, with the objects that it tells of. The same for
/// the same seed.
/// </summary>
internal sealed class GeneratedEvent
{
    private static readonly string[] Segments = [
        "office", "My Büro", "a+b", "100%", "50%25", "日本", "~x", "(1)", "it's", "&=?#", "🏠", "a%2Fb", "x;y,z", "%", "+"
    ];
    private static readonly string[] Creations = ["ObjectCreated:Put", "ObjectCreated:CompleteMultipartUpload", "s3:ObjectCreated:Copy"];
    private static readonly string[] Others = ["ObjectRemoved:Delete", "s3:ObjectRemoved:DeleteMarkerCreated", "ObjectTagging:Put"];

    /// <summary>Stands for text that is no text.</summary>
    public const string HalfAPair = "half a surrogate pair";

    private readonly Random _random;
    private readonly Func<JsonNode, JsonNode> _spoil;
    private int _count;

    /// <param name="random">All of its choices.</param>
    /// <param name="spoil">What is done to each JSON text in it, the nested ones included; null: nothing.</param>
    public GeneratedEvent(Random random, Func<JsonNode, JsonNode>? spoil = null)
    {
        (_random, _spoil) = (random, spoil ?? (node => node));
        Json = Event();
    }

    public string Json { get; }

    public EnvelopeKind Kind { get; private set; }

    /// <summary>What the messages of it tell of; the objects of one that cannot be read are null.</summary>
    public List<(string? MessageId, List<DroppedObject>? Objects)> Items { get; } = [];

    private string Event()
    {
        var objects = new List<DroppedObject>();
        switch (_random.Next(4))
        {
            case 0:
                Kind = EnvelopeKind.Queue;
                return Text(new JsonObject { ["Records"] = Many(5, Message) });
            case 1:
                Kind = EnvelopeKind.Direct;
                var drop = new DroppedObject(Bucket(), ObjectKey.FromText(Key()));
                Items.Add((null, [drop]));
                return Text(new JsonObject { ["input"] = drop.Url });
            case 2:
                Items.Add((null, objects));
                return Text(new JsonObject
                {
                    ["Records"] = Many(3, () => Odd(new()
                    {
                        ["EventSource"] = "aws:sns", ["EventVersion"] = "1.0",
                        ["Sns"] = Odd(new() { ["Type"] = "Notification", ["Message"] = Inner(objects) })
                    })),
                });
            default:
                Items.Add((null, objects));
                return Inner(objects);
        }
    }

    private JsonObject Message()
    {
        var id = $"m{_count++}";
        if (_random.Next(10) == 0)
        {
            Items.Add((id, null));
            return Odd(new() { ["messageId"] = id, ["eventSource"] = "aws:sqs", ["body"] = _random.Next(2) == 0 ? "{" : "{}" });
        }
        var objects = new List<DroppedObject>();
        var body = Inner(objects);
        if (_random.Next(2) == 0)
            body = Text(Odd(new()
            {
                ["Type"] = "Notification", ["MessageId"] = "n",
                ["TopicArn"] = "arn:aws:sns:eu-central-1:111122223333:models", ["Message"] = body
            }));
        Items.Add((id, objects));
        return Odd(new()
        {
            ["messageId"] = id, ["receiptHandle"] = "r", ["eventSource"] = "aws:sqs", ["body"] = body,
            ["attributes"] = new JsonObject { ["ApproximateReceiveCount"] = "1" }
        });
    }

    private string Inner(List<DroppedObject> objects) => Text(_random.Next(8) switch
    {
        0 => new JsonObject { ["Service"] = "Amazon S3", ["Event"] = "s3:TestEvent", ["Bucket"] = Bucket() },
        1 or 2 or 3 => EventBridge(objects),
        _ => Odd(new() { ["Records"] = Many(4, () => Notification(objects)) }),
    });

    private JsonObject EventBridge(List<DroppedObject> objects)
    {
        var drop = Drop();
        objects.Add(drop);
        var about = Odd(Known(
            new() { ["key"] = drop.Key.Value }, ("size", drop.SizeBytes), ("etag", drop.ETag),
            ("version-id", drop.VersionId), ("sequencer", drop.Sequencer)));
        return Odd(Known(
            new() { ["version"] = "0", ["detail-type"] = "Object Created", ["source"] = "aws.s3", ["detail"] = Odd(
                new() { ["bucket"] = Odd(new() { ["name"] = drop.Bucket }), ["object"] = about, ["reason"] = "PutObject" }) },
            ("time", drop.EventTime?.ToString("O", CultureInfo.InvariantCulture))));
    }

    private JsonObject Notification(List<DroppedObject> objects)
    {
        var drop = Drop();
        var isCreation = _random.Next(6) > 0;
        if (isCreation) objects.Add(drop);
        var (key, source) = Encoded(drop.Key.Value);
        var about = Odd(Known(
            new() { ["key"] = key }, ("size", drop.SizeBytes), ("eTag", drop.ETag),
            ("versionId", drop.VersionId), ("sequencer", drop.Sequencer)));
        return Odd(Known(
            new()
            {
                ["eventVersion"] = "2.1",
                ["eventSource"] = source,
                ["awsRegion"] = "",
                ["eventName"] = Any(isCreation ? Creations : Others),
                ["s3"] = Odd(new()
                {
                    ["s3SchemaVersion"] = "1.0",
                    ["bucket"] = Odd(new() { ["name"] = drop.Bucket, ["arn"] = "arn:aws:s3:::" + drop.Bucket }),
                    ["object"] = about
                }),
            },
            ("eventTime", drop.EventTime?.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))));
    }

    /// <summary>As Amazon writes keys, as moto and MinIO do, and as Ceph does.</summary>
    private (string Key, string Source) Encoded(string key)
    {
        var everything = Uri.EscapeDataString(key).Replace("%20", "+", StringComparison.Ordinal);
        return _random.Next(key.Contains(' ', StringComparison.Ordinal) ? 4 : 3) switch
        {
            0 => (everything.Replace("%2F", "/", StringComparison.Ordinal), "aws:s3"),
            1 => (everything, "minio:s3"),
            2 => (key, "ceph:s3"),
            _ => (key, "another:s3"), // a blank: no encoder has seen it
        };
    }

    private DroppedObject Drop() => new(Bucket(), ObjectKey.FromText(Key()))
    {
        SizeBytes = Maybe() ? _random.NextInt64(1L << 40) + 1 : null,
        ETag = Maybe() ? _random.NextInt64().ToString("x", CultureInfo.InvariantCulture) : null,
        VersionId = Maybe() ? "v" + _random.Next() : null,
        Sequencer = Maybe() ? _random.NextInt64().ToString("X16", CultureInfo.InvariantCulture) : null,
        EventTime = Maybe() ? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMilliseconds(_random.Next()) : null,
    };

    private string Key() =>
        $"inputs/{string.Concat(Enumerable.Range(0, _random.Next(3)).Select(_ => Any(Segments) + "/"))}{Any(Segments)}.idf";

    private string Bucket() => Any(["models", "results.example", "b-2"]);

    private bool Maybe() => _random.Next(3) > 0;

    private string Any(string[] choices) => choices[_random.Next(choices.Length)];

    private JsonArray Many(int most, Func<JsonNode> one) => [.. Enumerable.Range(0, 1 + _random.Next(most)).Select(_ => one())];

    /// <summary>What is known, and null or nothing for what is not.</summary>
    private JsonObject Known(JsonObject node, params (string Name, object? Value)[] fields)
    {
        foreach (var (name, value) in fields)
            if (value is not null) node[name] = value is long number ? number : (string)value;
            else if (value is null && name is not ("size" or "eventTime") && Maybe()) node[name] = null;
        return node;
    }

    /// <summary>With a field that nobody knows, now and then.</summary>
    private JsonObject Odd(JsonObject node)
    {
        if (_random.Next(4) == 0) node["x-unknown"] = new JsonObject { ["deep"] = new JsonArray(1, "two", null, new JsonObject()) };
        return node;
    }

    // JSON may escape half of a surrogate pair, which no writer will write.
    private string Text(JsonNode node) => _spoil(node).ToJsonString().Replace(HalfAPair, "\\ud800", StringComparison.Ordinal);
}
