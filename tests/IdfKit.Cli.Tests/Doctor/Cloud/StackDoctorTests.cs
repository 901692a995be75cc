using Amazon.S3.Model;
using TestBed;

namespace IdfKit.Cli.Tests.Doctor.Cloud;

/// <summary><c>idfkit doctor --stack</c> on an emulator; what it lacks is scripted before it.</summary>
public sealed class StackDoctorTests(MotoServer moto)
{
    private const string Allowed = """
        <R><EvaluationResults>
          <member><EvalActionName>s3:GetObject</EvalActionName><EvalDecision>allowed</EvalDecision></member>
        </EvaluationResults></R>
        """;

    [Fact]
    public async Task Stack_as_it_should_be_has_no_problem_and_every_part_is_looked_at()
    {
        using var at = new Doctored(moto.EndpointUrl);
        var stack = await DeployAsync(at);
        await using var gate = new Gate(moto.EndpointUrl, question => Lacking(question, concurrency: 1000));
        var (exitCode, output) = await at.RunAsync(gate.Url, "--stack", stack);
        Assert.True(exitCode == 0, output);
        string[] seen = [
            $"the stack {stack} is CREATE_COMPLETE", $"the function {stack} is active", "image "
                + "123456789012.dkr.ecr.us-east-1.amazonaws.com/idfkit:1",
            "the function's variables are those of the stack", "conditional writes are kept below", $"to "
                + $"arn:aws:sqs:us-east-1:123456789012:{stack}-runs",
            "the function's role may do what a run needs", "answers NotFound to the function's role",
            "the queue hides a model for 5400 s while it is run, and the function's timeout is 900 s", "the function takes from the queue",
            "the failure queue is empty", "everything that was given up is in its record",
            "the account may run 1,000 functions at once", "none of 1 alarms rings",
        ];
        Assert.All(seen, text => Assert.Matches($"(?m)^  ok .*{System.Text.RegularExpressions.Regex.Escape(text)}", output));
        Assert.DoesNotContain("unseen", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_a_stack_is_said_with_what_to_do()
    {
        using var at = new Doctored(moto.EndpointUrl);
        var stack = await DeployAsync(at, ("VisibilityTimeout", "60"), ("Receives", "3"), ("QueueConcurrency", "50"));
        foreach (var queue in new[] { "failures", "kept" })
            await at.JsonAsync("sqs", "AmazonSQS.SendMessage",
                new() { ["QueueUrl"] = $"{moto.EndpointUrl}123456789012/{stack}-{queue}", ["MessageBody"] = "{}" });
        await at.FormAsync("monitoring", "SetAlarmState",
            ("AlarmName", $"{stack}-FailuresAlarm"), ("StateValue", "ALARM"), ("StateReason", "one waits"));
        await at.PutAsync("lambda", $"/2017-10-31/functions/{stack}/concurrency", """{"ReservedConcurrentExecutions": 20}""");
        await at.PutAsync("lambda", $"/2015-03-31/functions/{stack}/configuration",
            """
            {"MemorySize": 1024, "Environment": {"Variables":
              {"IDFKIT_INPUT_PREFIX": "inputs/", "IDFKIT_OUTPUT_PREFIX": "inputs/", "IDFKIT_ANUAL": "1"}}}
            """);
        await at.S3.PutBucketNotificationAsync(new PutBucketNotificationRequest
        {
            BucketName = $"{stack}-models", QueueConfigurations = [new QueueConfiguration
            {
                Queue = $"arn:aws:sqs:us-east-1:123456789012:{stack}-failures", Events = ["s3:ObjectCreated:*"]
            }],
        });
        await using var gate = new Gate(moto.EndpointUrl, question => Lacking(question, concurrency: 10));
        var (exitCode, output) = await at.RunAsync(gate.Url, "--stack", stack);
        Assert.Equal(1, exitCode);
        string[] said = [
            "PROBLEM  the queue hides a model for 60 s .* set VisibilityTimeout to 5400", "warning  the queue gives a model up after 3 "
                + "attempts",
            "note     \\d events that were given up wait for the function to say so in a record",
            "warning  1 event was given up and could not even be recorded.*'aws sqs receive-message --queue-url .*-kept "
                + ".*'aws sqs start-message-move-task --source-arn arn:aws:sqs:us-east-1:123456789012:.*-kept'",
            "PROBLEM  the alarm .*-FailuresAlarm rings: "
                + "Models were given up",
            "warning  the account may run 10 functions at once.*request-service-quota-increase", "PROBLEM  the function reserves 20 "
                + "runs at once",
            "warning  the queue starts 50 runs at once and only 20 are allowed", "warning  MemorySize of the function is '1024' and the "
                + "stack says '2048'",
            "PROBLEM .*IDFKIT_ANUAL", "warning  IDFKIT_OUTPUT_PREFIX of the function is 'inputs/' and the stack says 'outputs/'",
            "PROBLEM  none of the events of .* goes to arn:aws:lambda:.* or arn:aws:sqs:us-east-1:123456789012:.*-runs",
            "note     the bucket's notification .* to arn:aws:sqs:us-east-1:123456789012:.*-failures too, which is not of this stack",
        ];
        Assert.All(said, text => Assert.Matches($"(?m)^  {text}", output));
    }

    [Fact]
    public async Task What_the_role_may_not_is_a_problem_and_what_absent_objects_answer_to_it_is_tried()
    {
        using var at = new Doctored(moto.EndpointUrl);
        var stack = await DeployAsync(at);
        await using var gate = new Gate(moto.EndpointUrl, question => question switch
        {
            { Service: "iam" } when question.Body.Contains("s3%3AListBucket", StringComparison.Ordinal) => new Said(200, """
                <R><EvaluationResults>
                  <member><EvalActionName>s3:ListBucket</EvalActionName><EvalDecision>implicitDeny</EvalDecision></member>
                </EvaluationResults></R>
                """, "text/xml"),
            { Service: "s3" } when question.Action.Contains("idfkit-doctor-", StringComparison.Ordinal)
                && question.Action.StartsWith("GET", StringComparison.Ordinal)
                && question.Action.Contains("/inputs/", StringComparison.Ordinal) => Gate.Denied(question),
            _ => Lacking(question, concurrency: 1000),
        });
        var (exitCode, output) = await at.RunAsync(gate.Url, "--stack", stack);
        Assert.Equal(1, exitCode);
        Assert.Matches("(?m)^  PROBLEM  the function's role may not s3:ListBucket below inputs/", output);
        Assert.Matches("(?m)^  PROBLEM  an object that is not in s3://.*/inputs/ answers AccessDenied to the function's role", output);
    }

    [Fact]
    public async Task What_is_denied_is_said_with_its_permission_and_ends_nothing()
    {
        using var at = new Doctored(moto.EndpointUrl);
        var stack = await DeployAsync(at);
        await using var none = new Gate(null, _ => null);
        var (allDenied, blind) = await at.RunAsync(none.Url, "--stack", stack);
        Assert.Equal(0, allDenied);
        Assert.Matches($"(?m)^  unseen   could not see the stack {stack}: needs cloudformation:DescribeStacks", blind);
        Assert.Matches("(?m)^  unseen   could not see the function .*: needs lambda:GetFunction", blind);

        await using var some = new Gate(moto.EndpointUrl, question =>
            question.Is("cloudformation", "DescribeStacks") || question.Is("lambda", $"GET /2015-03-31/functions/{stack}")
                ? null
                : Gate.Denied(question));
        var (exitCode, output) = await at.RunAsync(some.Url, "--stack", stack);
        Assert.True(exitCode == 0, output);
        string[] needs = [
            "cloudformation:DescribeStackResources", "s3:ListBucket", "s3:PutObject", "s3:GetBucketVersioning",
            "s3:GetLifecycleConfiguration",
            "s3:GetBucketNotification", "s3:GetBucketPublicAccessBlock", "s3:GetEncryptionConfiguration", "iam:SimulatePrincipalPolicy",
            "sqs:GetQueueAttributes", "lambda:GetAccountSettings", "cloudwatch:DescribeAlarms",
        ];
        Assert.All(needs, need => Assert.Matches($"(?m)^  unseen   could not see .*needs .*{need}", output));
    }

    [Fact]
    public async Task Unknown_stack_is_one_sentence()
    {
        using var at = new Doctored(moto.EndpointUrl);
        var (exitCode, output) = await at.RunAsync(null, "--stack", "no-such-stack");
        Assert.Equal(1, exitCode);
        Assert.Matches("(?m)^  PROBLEM  there is no stack no-such-stack in us-east-1", output);
        Assert.Contains("1 problem found.", output, StringComparison.Ordinal);
    }

    private static Said? Lacking(Question question, int concurrency) => question switch
    {
        { Service: "lambda" } when question.Action.Contains("account-settings", StringComparison.Ordinal) =>
            new Said(200, $$$"""{"AccountLimit": {"ConcurrentExecutions": {{{concurrency}}}}}"""),
        { Service: "iam", Action: "SimulatePrincipalPolicy" } => new Said(200, Allowed, "text/xml"),
        _ => null,
    };

    /// <summary>A stack with the names of template.yaml. What the emulator's CloudFormation leaves out of it is added afterwards.</summary>
    private static async Task<string> DeployAsync(Doctored at, params (string Name, string Value)[] parameters)
    {
        var stack = Doctored.NewName();
        var template = await File.ReadAllTextAsync(
            Repository.PathOf("tests", "IdfKit.Cli.Tests", "Doctor", "Cloud", "stack.json"), TestContext.Current.CancellationToken);
        await at.FormAsync("cloudformation", "CreateStack", [("StackName", stack), ("TemplateBody", template),
            .. parameters.SelectMany((parameter, index) => new[]
            {
                ($"Parameters.member.{index + 1}.ParameterKey", parameter.Name),
                ($"Parameters.member.{index + 1}.ParameterValue", parameter.Value)
            })]);
        await at.S3.PutBucketNotificationAsync(new PutBucketNotificationRequest
        {
            BucketName = $"{stack}-models", QueueConfigurations = [new QueueConfiguration
            {
                Queue = $"arn:aws:sqs:us-east-1:123456789012:{stack}-runs", Events = ["s3:ObjectCreated:*"],
                Filter = new Filter { S3KeyFilter = new S3KeyFilter { FilterRules = [new FilterRule("prefix", "inputs/")] } },
            }],
        });
        await at.FormAsync("monitoring", "PutMetricAlarm", ("AlarmName", $"{stack}-FailuresAlarm"), ("AlarmDescription", "Models were "
            + "given up."),
            ("Namespace", "AWS/SQS"), ("MetricName", "ApproximateNumberOfMessagesVisible"), ("Statistic", "Maximum"), ("Period", "60"),
            ("EvaluationPeriods", "1"), ("Threshold", "0"), ("ComparisonOperator", "GreaterThanThreshold"));
        return stack;
    }
}
