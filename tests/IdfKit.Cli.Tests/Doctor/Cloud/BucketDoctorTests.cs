using Amazon.S3;
using Amazon.S3.Model;
using TestBed;

namespace IdfKit.Cli.Tests.Doctor.Cloud;

/// <summary><c>idfkit doctor --bucket</c> on a real S3 server and on an emulator of many services.</summary>
public sealed class BucketDoctorTests(RgwServer rgw, MotoServer moto)
{
    private const string Created = "s3:ObjectCreated:*";

    [Fact]
    public async Task On_Ceph_conditional_writes_are_tried_and_nothing_stays()
    {
        using var at = OnRgw();
        var bucket = await at.NewBucketAsync();
        // Signed by ourselves: the server checks it.
        var (_, output) = await at.RunAsync(null, "--bucket", bucket, "--input-prefix", "büro 1/ein+&aus", "--output-prefix", "büro "
            + "1/aus=%/");
        Assert.Contains($"  ok       can list s3://{bucket}/büro 1/ein+&aus/", output, StringComparison.Ordinal);
        Assert.Contains($"  ok       conditional writes are kept below s3://{bucket}/büro 1/aus=%/", output, StringComparison.Ordinal);
        Assert.Contains("  ok       an object that is not there answers NotFound to these credentials", output, StringComparison.Ordinal);
        Assert.Contains("  PROBLEM  nothing is told of new objects below", output, StringComparison.Ordinal);
        Assert.Contains("  warning  no lifecycle rule", output, StringComparison.Ordinal);
        Assert.Empty((await at.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket })).S3Objects ?? []);
    }

    [Fact]
    public async Task On_Ceph_with_versioning_it_says_that_conditions_are_not_kept_and_removes_every_version()
    {
        using var at = OnRgw();
        var bucket = await at.NewBucketAsync();
        await at.S3.PutBucketVersioningAsync(new PutBucketVersioningRequest
        {
            BucketName = bucket, VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled }
        });
        var (exitCode, output) = await at.RunAsync(null, "--bucket", bucket);
        Assert.Equal(1, exitCode);
        Assert.Matches("(?m)^  PROBLEM .*If-None-Match.*two runs of one model would both begin.*versioning, under which Ceph 16.2", output);
        Assert.Matches("(?m)^  warning .*no lifecycle rule removes old versions", output);
        var versions = await at.S3.ListVersionsAsync(new ListVersionsRequest { BucketName = bucket });
        Assert.Empty(versions.Versions ?? []);
    }

    [Fact]
    public async Task On_Ceph_a_user_who_may_not_list_is_told_what_absent_objects_answer_and_what_could_not_be_seen()
    {
        using var owner = OnRgw();
        var bucket = await owner.NewBucketAsync();
        var (key, secret) = ("dr" + Guid.NewGuid().ToString("N")[..18], Guid.NewGuid().ToString("N"));
        rgw.CreateUser(key, secret, $$$"""
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
              "Resource": ["arn:aws:s3:::{{{bucket}}}/inputs/*", "arn:aws:s3:::{{{bucket}}}/outputs/*"]}]}
            """);
        using var at = new Doctored(rgw.EndpointUrl, key, secret);
        var (_, output) = await at.RunAsync(null, "--bucket", bucket);
        Assert.Contains($"  unseen   could not see what is in s3://{bucket}/inputs/: needs "
            + $"s3:ListBucket", output, StringComparison.Ordinal);
        Assert.Matches("(?m)^  warning  an object that is not in s3://.*/inputs/ answers AccessDenied to these credentials, not "
            + "NotFound", output);
        Assert.Contains("needs s3:GetBucketVersioning", output, StringComparison.Ordinal);
        Assert.Contains("needs s3:GetBucketNotification", output, StringComparison.Ordinal);
        Assert.Matches(@"\d+ things could not be seen\.", output);
    }

    [Fact]
    public async Task Bucket_whose_events_reach_a_queue_that_is_there_has_no_problem()
    {
        using var at = OnMoto();
        var bucket = await at.NewBucketAsync();
        var queue = await QueueAsync(at);
        await NotifyAsync(at, bucket, new QueueConfiguration { Queue = queue, Events = [Created], Filter = Filter("inputs/") });
        var (exitCode, output) = await at.RunAsync(null, "--bucket", bucket);
        Assert.True(exitCode == 0, output);
        Assert.Contains($"sends new objects below s3://{bucket}/inputs/ to {queue}", output, StringComparison.Ordinal);
        Assert.Contains($"  ok       {queue} is there", output, StringComparison.Ordinal);
        Assert.DoesNotContain("PROBLEM", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_that_are_announced_twice_are_of_results_too_or_go_to_nothing_are_said()
    {
        using var at = OnMoto();
        var bucket = await at.NewBucketAsync();
        var queue = await QueueAsync(at);
        var rule = Doctored.NewName();
        await at.JsonAsync("events", "AWSEvents.PutRule", new()
        {
            ["Name"] = rule,
            ["EventPattern"] = """
                {"source": ["aws.s3"], "detail": {"bucket": {"name": ["BUCKET"]}, "object": {"key": [{"prefix": "inputs/"}]}}}
                """.Replace("BUCKET", bucket, StringComparison.Ordinal),
        });
        await at.JsonAsync("events", "AWSEvents.PutTargets", new()
        {
            ["Rule"] = rule,
            ["Targets"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject
            {
                ["Id"] = "run", ["Arn"] = "arn:aws:lambda:us-east-1:123456789012:function:gone"
            }),
        });
        // The emulator forgets that a bucket sends its events to EventBridge.
        await using var gate = new Gate(moto.EndpointUrl, question =>
            question.Is("s3", $"GET /{bucket}/?notification=") ? new Said(200, BothWays(queue), "application/xml") : null);
        var (exitCode, output) = await at.RunAsync(gate.Url, "--bucket", bucket);
        Assert.Equal(1, exitCode);
        Assert.Matches("(?m)^  warning  new objects below .*/inputs/ are announced 2 times", output);
        Assert.Matches("(?m)^  warning .*announces results too", output);
        Assert.Matches("(?m)^  PROBLEM  arn:aws:lambda:us-east-1:123456789012:function:gone is gone", output);
        await at.JsonAsync("events", "AWSEvents.DisableRule", new() { ["Name"] = rule });
        Assert.Matches($"(?m)^  warning  the rule {rule} of EventBridge is switched "
            + $"off", (await at.RunAsync(gate.Url, "--bucket", bucket)).Output);
    }

    [Theory]
    [InlineData("inputs/", ".idf", Created, "warning", "only those that end with '.idf'")]
    [InlineData("inputs/", "", "s3:ObjectCreated:Put", "warning", "but not all of them")]
    [InlineData("inputs/only/", "", Created, "PROBLEM", "only objects below")]
    [InlineData("other/", "", Created, "PROBLEM", "nothing is told of new objects")]
    public async Task Events_that_miss_models_are_said(string prefix, string suffix, string name, string level, string said)
    {
        using var at = OnMoto();
        var bucket = await at.NewBucketAsync();
        var queue = await QueueAsync(at);
        await NotifyAsync(at, bucket, new QueueConfiguration { Queue = queue, Events = [name], Filter = Filter(prefix, suffix) });
        Assert.Matches($"(?m)^  {level} .*{said}", (await at.RunAsync(null, "--bucket", bucket)).Output);
    }

    [Fact]
    public async Task Key_that_is_switched_off_is_a_problem_and_old_versions_without_a_rule_a_warning()
    {
        using var at = OnMoto();
        var bucket = await at.NewBucketAsync();
        var key = (await at.JsonAsync("kms", "TrentService.CreateKey", []))["KeyMetadata"]!["Arn"]!.ToString();
        await at.S3.PutBucketEncryptionAsync(new PutBucketEncryptionRequest
        {
            BucketName = bucket,
            ServerSideEncryptionConfiguration = new ServerSideEncryptionConfiguration
            {
                ServerSideEncryptionRules = [new ServerSideEncryptionRule
                {
                    ServerSideEncryptionByDefault = new ServerSideEncryptionByDefault
                    {
                        ServerSideEncryptionAlgorithm = ServerSideEncryptionMethod.AWSKMS,
                        ServerSideEncryptionKeyManagementServiceKeyId = key
                    },
                }],
            },
        });
        await at.S3.PutLifecycleConfigurationAsync(bucket, new LifecycleConfiguration
        {
            Rules = [new LifecycleRule
            {
                Id = "uploads", Status = LifecycleRuleStatus.Enabled, Filter = new LifecycleFilter { Prefix = "" },
                AbortIncompleteMultipartUpload = new LifecycleRuleAbortIncompleteMultipartUpload { DaysAfterInitiation = 1 },
            }],
        });
        var (_, enabled) = await at.RunAsync(null, "--bucket", bucket);
        Assert.Contains("  ok       the KMS key is enabled", enabled, StringComparison.Ordinal);
        await at.JsonAsync("kms", "TrentService.DisableKey", new() { ["KeyId"] = key.Split('/')[^1] });
        var (_, output) = await at.RunAsync(null, "--bucket", bucket);
        Assert.Matches("(?m)^  PROBLEM  the KMS key .* is Disabled", output);
        Assert.Matches("(?m)^  ok       a lifecycle rule .* ends abandoned uploads", output);
    }

    private static string BothWays(string queue) => $"""
        <NotificationConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><EventBridgeConfiguration/>
        <QueueConfiguration><Id>all</Id><Queue>{queue}</Queue><Event>{Created}</Event></QueueConfiguration></NotificationConfiguration>
        """;

    private static async Task NotifyAsync(Doctored at, string bucket, QueueConfiguration queue) =>
        await at.S3.PutBucketNotificationAsync(new PutBucketNotificationRequest
        {
            BucketName = bucket, QueueConfigurations = [queue]
        });

    private static Filter Filter(string prefix, string suffix = "") => new()
    {
        S3KeyFilter = new S3KeyFilter
        {
            FilterRules = suffix.Length == 0
                ? [new FilterRule("prefix", prefix)]
                : [new FilterRule("prefix", prefix), new FilterRule("suffix", suffix)]
        },
    };

    private static async Task<string> QueueAsync(Doctored at)
    {
        var name = Doctored.NewName();
        await at.JsonAsync("sqs", "AmazonSQS.CreateQueue", new() { ["QueueName"] = name });
        return $"arn:aws:sqs:us-east-1:123456789012:{name}";
    }

    private Doctored OnRgw() => new(rgw.EndpointUrl, rgw.AccessKeyId, rgw.SecretAccessKey);

    private Doctored OnMoto() => new(moto.EndpointUrl);
}
