using System.Globalization;

namespace IdfKit.Cli.Dev;

/// <summary>What is printed when everything is up: where what is, and how to use it.</summary>
internal static class Introduction
{
    public static string Of(DevParts parts, DevOptions options, FunctionCommand function, string inputPrefix, string logPath)
    {
        var endpoint = parts.Bucket.Endpoint.ToString().TrimEnd('/');
        var lambda = parts.Lambda.Endpoint.ToString().TrimEnd('/');
        var ready = parts.Lambda.InitDurations.Max().TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
        var processes = options.Concurrency == 1 ? "1 process" : $"{options.Concurrency} processes";
        var inputs = $"s3://{parts.Bucket.BucketName}/{inputPrefix}";
        var earlierLog = File.Exists(Path.ChangeExtension(logPath, ".1.log")) ? " (of the session before: function.1.log)" : "";
        return $$"""
            Bucket    s3://{{parts.Bucket.BucketName}} is the folder {{options.Folder}}
            Endpoint  {{endpoint}}
            Function  {{function}} ({{processes}}, ready in {{ready}} s)
            Lambda    {{lambda}}
            Log       {{logPath}}{{earlierLog}}

            Drop a model and its weather into {{Path.Combine(options.Folder, inputPrefix)}} or put them there over S3:
              export AWS_ACCESS_KEY_ID={{FunctionVariables.AccessKeyId}} AWS_SECRET_ACCESS_KEY={{FunctionVariables.SecretAccessKey}} \
                AWS_DEFAULT_REGION={{FunctionVariables.Region}}
              aws --endpoint-url {{endpoint}} s3 cp office.idf {{inputs}}
            Or call the function and wait for its answer:
              echo '{"input": "{{inputs}}office.idf"}' > call.json
              aws --endpoint-url {{lambda}} lambda invoke --function-name idfkit --payload fileb://call.json answer.json
            Results appear in {{Path.Combine(options.Folder, parts.Layout.OutputPrefix)}}. Ctrl-C stops.

            """;
    }
}
