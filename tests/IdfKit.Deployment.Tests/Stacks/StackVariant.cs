using System.Collections.Frozen;

namespace IdfKit.Deployment.Tests.Stacks;

/// <summary>One way to deploy the template, with what each parameter stands for.</summary>
internal sealed record StackVariant(string Name, IReadOnlyDictionary<string, string> Parameters)
{
    private static readonly string[] Containers =
    [
        "BatchImage=123456789012.dkr.ecr.eu-central-1.amazonaws.com/idfkit/function:1", "BatchSubnets=subnet-0a1,subnet-0b2",
        "BatchSecurityGroups=sg-0c3",
    ];

    private static readonly string[] OnBatch = ["Batch=true", .. Containers];

    public static readonly IReadOnlyList<StackVariant> All =
    [
        Of("own-bucket"),
        Of("existing-bucket", "ExistingBucket=study-models"),
        Of("own-bucket-queue", "Queue=true", "Timeout=300", "QueueConcurrency=20", "ReservedConcurrency=40"),
        Of("existing-bucket-queue", "ExistingBucket=study-models", "Queue=true"),
        Of("output-bucket", "OutputBucket=study-results", "InputPrefix=office/", "OutputPrefix=office/"),
        Of("weather-bucket", "Weather=epw/berlin.epw", "WeatherBucket=all-weather", "MemorySize=3008", "EphemeralStorage=4096"),
        Of("weather-place", "WeatherPlace=all-weather/epw/"),
        Of("kms", "KmsKeyArn=arn:aws:kms:eu-central-1:123456789012:key/1a2b", "Weather=epw/berlin.epw", "ResultCache=outputs/.cache/"),
        Of("alarm-mail", "AlarmEmail=office@example.org", "Annual=true", "AllowUnsafeObjects=true", "AllowVersionMismatch=true"),
        Of("batch", OnBatch),
        Of("batch-output-bucket-arm",
            [
                "ExistingBucket=study-models", "OutputBucket=study-results", "Queue=true", "Architecture=arm64", "BatchSpot=false",
                .. OnBatch,
            ]),
        Of("workers-mail", ["StudyEngine=batch", "NotifyEmail=office@example.org", .. Containers]),
        Of("workers-batch-kms", ["StudyEngine=batch", "KmsKeyArn=arn:aws:kms:eu-central-1:123456789012:key/1a2b", .. OnBatch]),
        Of("mail", "NotifyEmail=office@example.org"),
        Of("no-studies", "Studies=false"),
    ];

    public bool Has(string parameter) => Parameters.ContainsKey(parameter);

    public string this[string parameter, string otherwise] => Parameters.GetValueOrDefault(parameter, otherwise);

    public static StackVariant Of(string name, params string[] parameters) => new(
        name,
        parameters.Select(one => one.Split('=', 2)).ToFrozenDictionary(one => one[0], one => one[1], StringComparer.Ordinal));
}
