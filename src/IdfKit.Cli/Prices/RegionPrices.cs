using System.Text.Json.Serialization;

namespace IdfKit.Cli.Prices;

/// <summary>What AWS charges in one region, in the currency of the list.</summary>
internal sealed record RegionPrices
{
    /// <summary>The region as people call it; null: the list does not say.</summary>
    public string? Name { get; init; }

    [JsonPropertyName("lambda_gb_second_x86")]
    public decimal? LambdaGbSecondX86 { get; init; }

    [JsonPropertyName("lambda_gb_second_arm64")]
    public decimal? LambdaGbSecondArm64 { get; init; }

    public decimal? LambdaRequest { get; init; }

    [JsonPropertyName("s3_put_per_1000")]
    public decimal? S3PutPer1000 { get; init; }

    [JsonPropertyName("s3_get_per_1000")]
    public decimal? S3GetPer1000 { get; init; }

    [JsonPropertyName("s3_list_per_1000")]
    public decimal? S3ListPer1000 { get; init; }

    [JsonPropertyName("s3_gb_month")]
    public decimal? S3GbMonth { get; init; }

    public decimal? StepFunctionsTransition { get; init; }

    public decimal? TransferOutGb { get; init; }

    /// <summary>Each price by the name that it has in the list.</summary>
    [JsonIgnore]
    public IEnumerable<(string Name, decimal? Price)> All =>
    [
        ("lambda_gb_second_x86", LambdaGbSecondX86), ("lambda_gb_second_arm64", LambdaGbSecondArm64), ("lambda_request", LambdaRequest),
        ("s3_put_per_1000", S3PutPer1000), ("s3_get_per_1000", S3GetPer1000), ("s3_list_per_1000", S3ListPer1000),
        ("s3_gb_month", S3GbMonth), ("step_functions_transition", StepFunctionsTransition), ("transfer_out_gb", TransferOutGb),
    ];
}
