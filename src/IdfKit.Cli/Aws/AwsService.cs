namespace IdfKit.Cli.Aws;

/// <summary>
/// A service of AWS as its API names it: in the host's name, in signatures, and in the variable that names another
/// server.
/// </summary>
internal sealed record AwsService(string Host, string Scope, string Variable, string Version, string Target = "")
{
    public static readonly AwsService S3 = new("s3", "s3", "S3", "");
    public static readonly AwsService CloudFormation = new("cloudformation", "cloudformation", "CLOUDFORMATION", "2010-05-15");
    public static readonly AwsService CloudWatch = new("monitoring", "monitoring", "CLOUDWATCH", "2010-08-01");
    public static readonly AwsService Iam = new("iam", "iam", "IAM", "2010-05-08");
    public static readonly AwsService Sts = new("sts", "sts", "STS", "2011-06-15");
    public static readonly AwsService Lambda = new("lambda", "lambda", "LAMBDA", "2015-03-31");
    public static readonly AwsService Sqs = new("sqs", "sqs", "SQS", "1.0", "AmazonSQS");
    public static readonly AwsService Events = new("events", "events", "EVENTBRIDGE", "1.1", "AWSEvents");
    public static readonly AwsService Kms = new("kms", "kms", "KMS", "1.1", "TrentService");
    public static readonly AwsService Quotas = new("servicequotas", "servicequotas", "SERVICE_QUOTAS", "1.1", "ServiceQuotasV20190624");
}
