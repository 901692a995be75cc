using System.Globalization;
using IdfKit.Storage.S3;
using Microsoft.Extensions.Configuration;

namespace IdfKit.Storage.DependencyInjection;

/// <summary>
/// The settings of a bucket in a configuration: <c>Bucket</c>, and every option of <see cref="S3FileSystemOptions"/> by its name but
/// keys, which have no place there. Read by hand, so that it works ahead of time and a misspelt setting is noticed.
/// </summary>
internal static class S3Section
{
    private static readonly Dictionary<string, Func<S3FileSystemOptions, IConfigurationSection, S3FileSystemOptions>> Settings =
        new(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(S3FileSystemOptions.Prefix)] = (options, setting) => options with { Prefix = setting.Value ?? "" },
            [nameof(S3FileSystemOptions.Region)] = (options, setting) => options with { Region = setting.Value },
            [nameof(S3FileSystemOptions.EndpointUrl)] = (options, setting) => options with { EndpointUrl = new Uri(setting.Value!) },
            [nameof(S3FileSystemOptions.Profile)] = (options, setting) => options with { Profile = setting.Value },
            [nameof(S3FileSystemOptions.PathStyle)] = (options, setting) => options with { PathStyle = bool.Parse(setting.Value!) },
            [nameof(S3FileSystemOptions.Checksums)] = (options, setting) =>
                options with { Checksums = Enum.Parse<S3Checksums>(setting.Value!, ignoreCase: true) },
            [nameof(S3FileSystemOptions.KmsKeyId)] = (options, setting) => options with { KmsKeyId = setting.Value },
            [nameof(S3FileSystemOptions.StorageClass)] = (options, setting) => options with { StorageClass = setting.Value },
            [nameof(S3FileSystemOptions.PartSizeBytes)] = (options, setting) =>
                options with { PartSizeBytes = long.Parse(setting.Value!, CultureInfo.InvariantCulture) },
            [nameof(S3FileSystemOptions.Concurrency)] = (options, setting) =>
                options with { Concurrency = int.Parse(setting.Value!, CultureInfo.InvariantCulture) },
            [nameof(S3FileSystemOptions.OperationTimeout)] = (options, setting) =>
                options with { OperationTimeout = TimeSpan.Parse(setting.Value!, CultureInfo.InvariantCulture) },
            [nameof(S3FileSystemOptions.ExpectedBucketOwner)] = (options, setting) =>
                options with { ExpectedBucketOwner = setting.Value },
            [nameof(S3FileSystemOptions.RequesterPays)] = (options, setting) =>
                options with { RequesterPays = bool.Parse(setting.Value!) },
            [nameof(S3FileSystemOptions.Tags)] = (options, setting) =>
                options with { Tags = setting.GetChildren().ToDictionary(tag => tag.Key, tag => tag.Value ?? "", StringComparer.Ordinal) },
        };

    public static (string Bucket, S3FileSystemOptions Options) Read(IConfiguration section)
    {
        const string Bucket = "Bucket";
        var bucket = section[Bucket];
        if (string.IsNullOrWhiteSpace(bucket))
            throw new ArgumentException("The section names no bucket: set Bucket in it.");
        var options = new S3FileSystemOptions();
        foreach (var setting in section.GetChildren())
        {
            if (setting.Key.Equals(Bucket, StringComparison.OrdinalIgnoreCase)) continue;
            if (!Settings.TryGetValue(setting.Key, out var apply))
                throw new ArgumentException(Printable.Of($"'{setting.Path}' is no setting of a bucket; the settings are Bucket, "
                    + string.Join(", ", Settings.Keys) + "."));
            options = Apply(apply, options, setting);
        }
        return (bucket, options);
    }

    private static S3FileSystemOptions Apply(
        Func<S3FileSystemOptions, IConfigurationSection, S3FileSystemOptions> apply, S3FileSystemOptions options,
        IConfigurationSection setting)
    {
        try
        {
            return apply(options, setting);
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException or OverflowException)
        {
            throw new ArgumentException(Printable.Of($"'{setting.Path}' cannot be '{Shown(setting.Value)}'{Reason(wrong)}"), wrong);
        }
    }

    // An address may hold a password where none belongs.
    private static string Shown(string? value) => value?.AsSpan().ContainsAny("@?#") is true ? "…" : value ?? "";

    // Those of the framework name what it read the value with.
    private static string Reason(Exception wrong) =>
        wrong is ArgumentException { ParamName: null, InnerException: null } ? $": {wrong.Message}" : "; it has another form.";
}
