using System.Globalization;
using System.Text.Json.Nodes;

using TestBed;
using TestBed.Stacks;

[assembly: AssemblyFixture(typeof(MotoServer))]
[assembly: AssemblyFixture(typeof(TransformedTemplate))]

namespace IdfKit.Deployment.Tests.Stacks;

/// <summary>
/// The template in every way that it is deployed, made on moto after AWS's own transform, with rules and conditions decided
/// as CloudFormation does. What no emulator shows (events that arrive, an image that starts, roles that are held to) is
/// shown elsewhere or not at all.
/// </summary>
public sealed class VariantTests(TransformedTemplate template, MotoServer moto)
{
    public static TheoryData<string> Names => [.. StackVariant.All.Select(variant => variant.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Variant_is_accepted_refers_to_what_it_makes_and_has_no_circle(string name)
    {
        var plan = Plan(Variant(name));

        Assert.Empty(plan.Refusals);
        Assert.Empty(StackReferences.Dangling(plan));
        Assert.Empty(StackReferences.Circle(plan));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Variant_is_made_with_its_bucket_policy_function_and_way_to_it(string name)
    {
        using var cloud = new MotoCloud(moto);
        var variant = await WithNetworkAsync(cloud, Variant(name));
        var plan = Plan(variant);

        var stack = await MotoStack.CreateAsync(cloud, "idfkit-" + name, plan);

        await CheckFunctionAsync(cloud, stack, variant);
        await CheckBucketAsync(cloud, stack, variant);
        await CheckPolicyAsync(cloud, stack, variant);
        await CheckWayAsync(cloud, stack, variant);
        Assert.Equal(variant.Has("AlarmEmail"), stack.Ids.ContainsKey("AlarmTopic"));
        Assert.Equal(variant.Has("Batch"), stack.Ids.ContainsKey("JobQueue"));
        Assert.Equal(variant.Has("StudyEngine"), stack.Ids.ContainsKey("WorkQueue"));
        Assert.Equal(variant.Has("NotifyEmail"), stack.Ids.ContainsKey("StudyTopic"));
        Assert.Equal(!variant.Has("Studies"), stack.Ids.ContainsKey("StudyMachine"));
        CheckMachine(plan, variant);
        Assert.All(stack.Outputs.Values, value => Assert.DoesNotContain("${", value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("beside a queue", "Queue=true", "QueueConcurrency=100", "ReservedConcurrency=1")]
    [InlineData("is above ReservedConcurrency", "Queue=true", "QueueConcurrency=100", "ReservedConcurrency=50")]
    [InlineData("is above ReservedConcurrency", "Queue=true", "ReservedConcurrency=20")]
    [InlineData("is above ReservedConcurrency", "Queue=true", "QueueConcurrency=100", "ReservedConcurrency=100")]
    [InlineData("no others can be compared", "Queue=true", "QueueConcurrency=33", "ReservedConcurrency=33")]
    [InlineData("no others can be compared", "Queue=true", "QueueConcurrency=33", "ReservedConcurrency=50")]
    [InlineData("QueueConcurrency cannot be '1'", "Queue=true", "QueueConcurrency=1")]
    [InlineData("must differ in one bucket", "InputPrefix=a/", "OutputPrefix=a/")]
    [InlineData("must differ in one bucket", "InputPrefix=a/", "OutputPrefix=a/", "ExistingBucket=mine", "OutputBucket=mine")]
    [InlineData("Timeout cannot be '100'", "Timeout=100")]
    [InlineData("Timeout cannot be '960'", "Timeout=960")]
    [InlineData("Batch needs BatchImage", "Batch=true")]
    [InlineData("With one BatchVcpus BatchMemory must be a multiple of 1024 from 2048 to 8192", "Batch=true", "BatchMemory=16384")]
    [InlineData("multiple of 1024", "Batch=true", "BatchMemory=8000")]
    [InlineData("With eight BatchVcpus BatchMemory must be a multiple of 4096", "Batch=true", "BatchVcpus=8", "BatchMemory=17408")]
    [InlineData("With two BatchVcpus", "Batch=true", "BatchVcpus=2", "BatchMemory=3072")]
    [InlineData("With four BatchVcpus", "Batch=true", "BatchVcpus=4", "BatchMemory=31744")]
    [InlineData("so does StudyEngine=batch", "StudyEngine=batch")]
    [InlineData("needs BatchSubnets", "StudyEngine=batch", "BatchImage=123456789012.dkr.ecr.eu-central-1.amazonaws.com/idfkit:1")]
    [InlineData("With two BatchVcpus", "StudyEngine=batch", "BatchVcpus=2", "BatchMemory=3072")]
    [InlineData("StudyEngine=batch needs Studies=true", "StudyEngine=batch", "Studies=false")]
    [InlineData("NotifyEmail needs Studies=true", "NotifyEmail=office@example.org", "Studies=false")]
    [InlineData("StudyEngine cannot be 'lambda'", "StudyEngine=lambda")]
    [InlineData("NotifyEmail cannot be", "NotifyEmail=office")]
    [InlineData("do not exist", "Buckett=mine")]
    public void Stack_that_could_not_work_is_refused_before_anything_is_made(string sentence, params string[] parameters)
    {
        var plan = Plan(StackVariant.Of("refused", parameters));

        Assert.Contains(plan.Refusals, refusal => refusal.Contains(sentence, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Queue=true", "QueueConcurrency=50", "ReservedConcurrency=52")]
    [InlineData("Queue=true", "QueueConcurrency=50", "ReservedConcurrency=75")]
    [InlineData("Queue=true", "QueueConcurrency=1000", "ReservedConcurrency=5000")]
    [InlineData("Queue=true", "QueueConcurrency=33")]
    [InlineData("BatchMemory=16384")]
    [InlineData("Queue=false", "ReservedConcurrency=1")]
    [InlineData("InputPrefix=a/", "OutputPrefix=a/", "ExistingBucket=mine", "OutputBucket=other")]
    public void Stack_that_works_is_not_refused(params string[] parameters) =>
        Assert.Empty(Plan(StackVariant.Of("accepted", parameters)).Refusals);

    /// <summary>
    /// Numbers that people give, each against each: none that leaves less than the 2 of the failure queue passes, whatever the table of
    /// the rule leaves out.
    /// </summary>
    [Fact]
    public void No_queue_is_wider_than_what_is_reserved()
    {
        string[] numbers =
        [
            "2", "3", "4", "5", "7", "9", "10", "20", "25", "27", "33", "50", "80", "99", "100", "102", "200", "250", "500", "999", "1000",
        ];
        var taken = template.Resource("TakeFailures").GetProperty("ScalingConfig").GetProperty("MaximumConcurrency").GetInt32();
        foreach (var queue in numbers)
        foreach (var reserved in numbers)
        {
            var refusals = Plan(StackVariant.Of(
                "pair", "Queue=true", $"QueueConcurrency={queue}", $"ReservedConcurrency={reserved}")).Refusals;
            if (Number(queue) + taken > Number(reserved)) Assert.NotEmpty(refusals);
        }
    }

    /// <summary>Batch's subnets and security group as they are on moto, which looks for them.</summary>
    private static async Task<StackVariant> WithNetworkAsync(MotoCloud cloud, StackVariant variant)
    {
        if (!variant.Has("BatchImage")) return variant;
        var subnets = (await cloud.QueryAsync("ec2", "DescribeSubnets", ("Version", "2016-11-15"))).Descendants("subnetId");
        var groups = (await cloud.QueryAsync("ec2", "DescribeSecurityGroups", ("Version", "2016-11-15"))).Descendants("groupId");
        return variant with
        {
            Parameters = new Dictionary<string, string>(variant.Parameters, StringComparer.Ordinal)
            {
                ["BatchSubnets"] = string.Join(',', subnets.Select(subnet => subnet.Value).Take(2)),
                ["BatchSecurityGroups"] = groups.First().Value,
            },
        };
    }

    /// <summary>Which states the machine has, and that what it may do is what they do.</summary>
    private static void CheckMachine(StackPlan plan, StackVariant variant)
    {
        if (variant.Has("Studies")) return;
        var machine = plan.Resources["StudyMachine"]!["Properties"]!;
        var states = machine["Definition"]!["States"]!.AsObject();
        StateWays.Check(machine["Definition"]!.AsObject());
        Assert.Equal(variant.Has("StudyEngine") ? "Task" : "Map", states["Rows"]!["Type"]!.GetValue<string>());
        Assert.Equal(variant.Has("NotifyEmail"), states.ContainsKey("TellItEnded"));
        var text = machine["Definition"]!.ToJsonString();
        foreach (var (name, _) in machine["DefinitionSubstitutions"]!.AsObject())
            if (name is not ("Results" or "OutputPrefix")) Assert.Contains("${" + name + "}", text, StringComparison.Ordinal);
        var role = plan.Resources["StudyRole"]!.ToJsonString();
        Assert.Equal(variant.Has("StudyEngine"), role.Contains("batch:SubmitJob", StringComparison.Ordinal));
        Assert.Equal(!variant.Has("StudyEngine"), role.Contains("states:StartExecution", StringComparison.Ordinal));
        Assert.Equal(!variant.Has("StudyEngine"), role.Contains("s3:", StringComparison.Ordinal));
        Assert.Equal(variant.Has("NotifyEmail"), role.Contains("sns:Publish", StringComparison.Ordinal));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static StackVariant Variant(string name) => StackVariant.All.Single(variant => variant.Name == name);

    private StackPlan Plan(StackVariant variant) => new(template.Transformed, variant.Parameters);

    private static string OwnBucketOf(MotoStack stack) => $"{stack.Name}-{MotoCloud.Account}-{MotoCloud.Region}";

    private static async Task CheckFunctionAsync(MotoCloud cloud, MotoStack stack, StackVariant variant)
    {
        var function = (await cloud.GetJsonAsync("lambda", $"/2015-03-31/functions/{stack.Name}"))["Configuration"]!;
        Assert.Equal(Number(variant["MemorySize", "1769"]), Number(function["MemorySize"]!.ToString()));
        Assert.Equal(Number(variant["Timeout", "900"]), Number(function["Timeout"]!.ToString()));
        var variables = function["Environment"]!["Variables"]!.AsObject();
        Assert.Equal(variant["InputPrefix", "inputs/"], variables["IDFKIT_INPUT_PREFIX"]!.GetValue<string>());
        Assert.Equal(variant.Has("OutputBucket"), variables.ContainsKey("IDFKIT_OUTPUT_BUCKET"));
        var weather = variant.Has("WeatherBucket") ? "s3://all-weather/epw/berlin.epw" : variant["Weather", ""];
        Assert.Equal(weather, variables["IDFKIT_WEATHER"]?.GetValue<string>() ?? "");
        var places = variant.Has("WeatherPlace") ? "s3://all-weather/epw/" : "";
        Assert.Equal(places, variables["IDFKIT_WEATHER_PLACES"]?.GetValue<string>() ?? "");
        Assert.Equal(
            variant.Has("AllowVersionMismatch") ? "as_is" : "exact_or_migrate", variables["IDFKIT_VERSION_POLICY"]!.GetValue<string>());
        var logs = await cloud.JsonAsync("logs", "Logs_20140328.DescribeLogGroups",
            new JsonObject { ["logGroupNamePrefix"] = "/aws/lambda/" + stack.Name });
        Assert.Contains(logs["logGroups"]!.AsArray(), group => Number(group!["retentionInDays"]!.ToString()) == 30);
    }

    private static async Task CheckBucketAsync(MotoCloud cloud, MotoStack stack, StackVariant variant)
    {
        var buckets = await cloud.SendAsync("s3", HttpMethod.Get, "/");
        Assert.Equal(!variant.Has("ExistingBucket"), buckets.Contains($">{OwnBucketOf(stack)}<", StringComparison.Ordinal));
        if (variant.Has("ExistingBucket")) return;
        Assert.InRange(OwnBucketOf(stack).Length, 3, 63);
        var encryption = await cloud.SendAsync("s3", HttpMethod.Get, $"/{OwnBucketOf(stack)}?encryption");
        Assert.Contains(variant.Has("KmsKeyArn") ? variant["KmsKeyArn", ""] : "AES256", encryption, StringComparison.Ordinal);
        var policy = JsonNode.Parse(await cloud.SendAsync("s3", HttpMethod.Get, $"/{OwnBucketOf(stack)}?policy"))!;
        var statement = policy["Statement"]![0]!;
        Assert.Equal("Deny", statement["Effect"]!.GetValue<string>());
        Assert.Equal("""{"Bool":{"aws:SecureTransport":"false"}}""", statement["Condition"]!.ToJsonString());
    }

    private static async Task CheckPolicyAsync(MotoCloud cloud, MotoStack stack, StackVariant variant)
    {
        var found = await cloud.QueryAsync(
            "iam", "GetPolicyVersion", ("PolicyArn", stack.Ids["ModelsAndResults"]), ("VersionId", "v1"));
        var document = JsonNode.Parse(Uri.UnescapeDataString(found.Descendants("Document").Single().Value))!;
        var resources = document["Statement"]!.AsArray().ToDictionary(
            statement => statement!["Sid"]!.GetValue<string>(),
            statement => statement!["Resource"] is JsonArray several ? string.Join(' ', several) : $"{statement["Resource"]}");

        var inputs = variant["ExistingBucket", OwnBucketOf(stack)];
        Assert.Equal($"arn:aws:s3:::{inputs}/{variant["InputPrefix", "inputs/"]}*", resources["ReadInputs"]);
        var outputs = variant["OutputBucket", inputs];
        Assert.Equal($"arn:aws:s3:::{outputs}/{variant["OutputPrefix", "outputs/"]}*", resources["WriteOutputs"]);
        Assert.Equal(variant.Has("Weather"), resources.ContainsKey("ReadWeather"));
        if (variant.Has("Weather"))
        {
            var weather = $"arn:aws:s3:::{variant["WeatherBucket", inputs]}/epw/berlin";
            Assert.Equal($"{weather}.epw {weather}.stat", resources["ReadWeather"]);
        }
        Assert.Equal(
            variant.Has("WeatherPlace") ? "arn:aws:s3:::all-weather/epw/*" : null, resources.GetValueOrDefault("ReadWeatherPlace"));
        Assert.Equal(variant.Has("KmsKeyArn"), resources.ContainsKey("UseKey"));
    }

    /// <summary>How an event comes to the function: through the queue, from the bucket, or by a rule.</summary>
    private static async Task CheckWayAsync(MotoCloud cloud, MotoStack stack, StackVariant variant)
    {
        var (queues, watches) = (variant.Has("Queue"), variant.Has("ExistingBucket"));
        var function = $"arn:aws:lambda:{MotoCloud.Region}:{MotoCloud.Account}:function:{stack.Name}";
        if (queues) await CheckQueueAsync(cloud, stack, variant);
        if (watches)
        {
            var targets = await cloud.JsonAsync("events", "AWSEvents.ListTargetsByRule", new JsonObject { ["Rule"] = stack.Ids["Rule"] });
            var target = targets["Targets"]!.AsArray().Single()!["Arn"]!.GetValue<string>();
            Assert.Equal(queues, target.Contains(":sqs:", StringComparison.Ordinal));
            if (!queues) Assert.Equal(function, target);
        }
        if (queues) return;
        var invokers = await cloud.GetJsonAsync("lambda", $"/2015-03-31/functions/{stack.Name}/policy");
        var principal = watches ? "events.amazonaws.com" : "s3.amazonaws.com";
        Assert.Contains(principal, invokers["Policy"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static async Task CheckQueueAsync(MotoCloud cloud, MotoStack stack, StackVariant variant)
    {
        var answer = await cloud.QueryAsync(
            "sqs", "GetQueueAttributes", ("QueueUrl", stack.Ids["RunQueue"]), ("AttributeName.1", "All"));
        var attributes = answer.Descendants("Attribute")
            .ToDictionary(one => one.Element("Name")!.Value, one => one.Element("Value")!.Value, StringComparer.Ordinal);
        Assert.Equal(6 * Number(variant["Timeout", "900"]), Number(attributes["VisibilityTimeout"]));
        Assert.Equal("5", JsonNode.Parse(attributes["RedrivePolicy"])!["maxReceiveCount"]!.ToString());
        var sender = variant.Has("ExistingBucket") ? "events.amazonaws.com" : "s3.amazonaws.com";
        Assert.Contains(sender, attributes["Policy"], StringComparison.Ordinal);
        // EventBridge is documented to name its rule, which has the account in it, and nothing else.
        Assert.Equal(!variant.Has("ExistingBucket"), attributes["Policy"].Contains("aws:SourceAccount", StringComparison.Ordinal));

        var mappings = await cloud.GetJsonAsync("lambda", $"/2015-03-31/event-source-mappings/?FunctionName={stack.Name}");
        var mapping = mappings["EventSourceMappings"]!.AsArray()
            .Single(one => one!["EventSourceArn"]!.GetValue<string>() == attributes["QueueArn"])!;
        Assert.Equal(1, Number(mapping["BatchSize"]!.ToString()));
        Assert.Equal(Number(variant["QueueConcurrency", "100"]), Number(mapping["ScalingConfig"]!["MaximumConcurrency"]!.ToString()));
    }
}
