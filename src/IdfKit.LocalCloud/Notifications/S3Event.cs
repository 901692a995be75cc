using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace IdfKit.LocalCloud.Notifications;

/// <summary>The event document of S3's notifications, version 2.1
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html).</summary>
internal static class S3Event
{
    public static string Create(ObjectWrite write, string bucket, string region, DateTimeOffset now)
    {
        var record = new JsonObject
        {
            ["eventVersion"] = "2.1",
            ["eventSource"] = "aws:s3",
            ["awsRegion"] = region,
            ["eventTime"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["eventName"] = write.EventName,
            ["userIdentity"] = new JsonObject { ["principalId"] = "local" },
            ["requestParameters"] = new JsonObject { ["sourceIPAddress"] = "127.0.0.1" },
            ["responseElements"] = new JsonObject
            {
                ["x-amz-request-id"] = Guid.NewGuid().ToString("N")[..16].ToUpperInvariant(),
                ["x-amz-id-2"] = "local",
            },
            ["s3"] = new JsonObject
            {
                ["s3SchemaVersion"] = "1.0",
                ["configurationId"] = "local",
                ["bucket"] = new JsonObject
                {
                    ["name"] = bucket,
                    ["ownerIdentity"] = new JsonObject { ["principalId"] = "local" },
                    ["arn"] = "arn:aws:s3:::" + bucket,
                },
                ["object"] = new JsonObject
                {
                    ["key"] = FormEncode(write.Key),
                    ["size"] = write.SizeBytes,
                    ["eTag"] = write.ETag,
                    ["sequencer"] = write.Sequencer,
                },
            },
        };
        return new JsonObject { ["Records"] = new JsonArray(record) }.ToJsonString();
    }

    /// <summary>A key as S3 writes it in events: a space is a plus, and only letters, digits and <c>-_.*/</c> stay.</summary>
    internal static string FormEncode(string key)
    {
        var encoded = new StringBuilder(key.Length);
        foreach (var value in Encoding.UTF8.GetBytes(key))
        {
            var c = (char)value;
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '*' or '/') encoded.Append(c);
            else if (c == ' ') encoded.Append('+');
            else encoded.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
        }
        return encoded.ToString();
    }
}
