using System.Globalization;
using System.Text;
using System.Text.Json;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>
/// What a form of a POST upload may hold: the policy that came with it
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html).
/// </summary>
internal sealed class PostPolicy
{
    // These are not among the conditions; nor are fields that begin with x-ignore-.
    private static readonly string[] Free = ["policy", "x-amz-signature", "signature", "AWSAccessKeyId", "file"];
    private readonly JsonElement _conditions;
    private readonly DateTimeOffset _expiration;

    private PostPolicy(DateTimeOffset expiration, JsonElement conditions) => (_expiration, _conditions) = (expiration, conditions);

    /// <summary>The least and the most bytes of the file.</summary>
    public (long Least, long Most) Length { get; private set; } = (0, long.MaxValue);

    /// <exception cref="S3Exception">It is no policy.</exception>
    public static PostPolicy Parse(string base64)
    {
        try
        {
            using var document = JsonDocument.Parse(Convert.FromBase64String(base64));
            var root = document.RootElement.Clone();
            var expiration = DateTimeOffset.Parse(
                root.GetProperty("expiration").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            var conditions = root.GetProperty("conditions");
            return conditions.ValueKind == JsonValueKind.Array ? new(expiration, conditions) : throw Invalid("'conditions' is no list");
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException
            or ArgumentNullException or DecoderFallbackException)
        {
            throw Invalid(e.Message);
        }
    }

    /// <summary>Checks the form against every condition, and that there is a condition for each of its fields.</summary>
    /// <exception cref="S3Exception">It is not allowed.</exception>
    public void Check(IReadOnlyDictionary<string, string> fields, string bucket, DateTimeOffset now)
    {
        if (now > _expiration) throw Denied("Policy expired.");
        var covered = new HashSet<string>(Free, StringComparer.OrdinalIgnoreCase);
        foreach (var condition in _conditions.EnumerateArray()) Check(condition, fields, bucket, covered);
        if (fields.Keys.FirstOrDefault(name => !covered.Contains(name) && !IsIgnored(name)) is { } extra)
            throw Denied($"Extra input fields: {extra}");
    }

    private void Check(JsonElement condition, IReadOnlyDictionary<string, string> fields, string bucket, HashSet<string> covered)
    {
        if (condition.ValueKind == JsonValueKind.Object)
        {
            foreach (var exact in condition.EnumerateObject()) Match("eq", exact.Name, Text(exact.Value));
            return;
        }
        if (condition.ValueKind != JsonValueKind.Array || condition.GetArrayLength() != 3) throw Invalid("a condition is malformed");
        var kind = Text(condition[0]);
        if (kind.Equals("content-length-range", StringComparison.OrdinalIgnoreCase))
            Length = (Number(condition[1]), Number(condition[2]));
        else if (Text(condition[1]) is ['$', ..] field)
            Match(kind, field[1..], Text(condition[2]));
        else
            throw Invalid("a condition names no field with $");

        void Match(string kind, string name, string expected)
        {
            covered.Add(name);
            var given = name.Equals("bucket", StringComparison.OrdinalIgnoreCase) ? bucket : fields.GetValueOrDefault(name, "");
            var holds = kind.ToLowerInvariant() switch
            {
                "eq" => given == expected,
                "starts-with" => StartsWith(name, given, expected),
                _ => throw Invalid($"there is no condition '{kind}'"),
            };
            if (!holds) throw Denied($"Policy Condition failed: [\"{kind}\", \"${name}\", \"{expected}\"]");
        }
    }

    /// <summary>Each of several content types must start so.</summary>
    private static bool StartsWith(string name, string given, string expected) =>
        name.Equals("content-type", StringComparison.OrdinalIgnoreCase)
            ? given.Split(',').All(type => type.StartsWith(expected, StringComparison.Ordinal))
            : given.StartsWith(expected, StringComparison.Ordinal);

    private static bool IsIgnored(string name) => name.StartsWith("x-ignore-", StringComparison.OrdinalIgnoreCase);

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static long Number(JsonElement value) => long.TryParse(Text(value), CultureInfo.InvariantCulture, out var number)
        ? number
        : throw Invalid("content-length-range takes two numbers");

    private static S3Exception Denied(string why) => new(403, "AccessDenied", $"Invalid according to Policy: {why}");

    private static S3Exception Invalid(string why) => new(400, "InvalidPolicyDocument", $"Invalid Policy: {why}");
}
