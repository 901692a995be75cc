using System.Text.Json;
using System.Text.RegularExpressions;
using IdfKit.Deployment.Tests.Stacks;
using TestBed;
using TestBed.Stacks;

namespace IdfKit.Deployment.Tests;

public sealed class TemplateTests(TransformedTemplate template) : IClassFixture<TransformedTemplate>
{
    [Fact]
    public async Task Template_is_clean_under_cfn_lint()
    {
        await Tool.RequireAsync(Needs.CfnLint, "cfn-lint", "--version");
        var result = await Tool.RunAsync("cfn-lint", Repository.Root, "--include-checks", "I", "--", "template.yaml");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [Fact]
    public async Task Transformed_template_is_clean_under_cfn_lint()
    {
        await Tool.RequireAsync(Needs.CfnLint, "cfn-lint", "--version");
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["transformed.json"], template.Transformed.GetRawText(), TestContext.Current.CancellationToken);
        // The translator puts a parameter's value in place of some references to it, so that it looks unused.
        var result = await Tool.RunAsync("cfn-lint", folder.Path, "--ignore-checks", "W2001", "--", "transformed.json");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [Fact]
    public void Transform_makes_an_image_function_with_a_failure_queue()
    {
        var function = template.Resource("Function");
        Assert.Equal("Image", function.GetProperty("PackageType").GetString());
        Assert.Equal("Terminate", function.GetProperty("RecursiveLoop").GetString());
        var invoke = template.Transformed.GetProperty("Resources").EnumerateObject()
            .Single(resource => resource.Value.GetProperty("Type").GetString() == "AWS::Lambda::EventInvokeConfig").Value.GetProperty(
                "Properties");
        Assert.Contains("FailureQueue", invoke.GetProperty("DestinationConfig").GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(template.Transformed.GetProperty("Resources").EnumerateObject(), resource =>
            resource.Value.GetProperty("Type").GetString()!.StartsWith("AWS::Serverless::", StringComparison.Ordinal));
    }

    [Fact]
    public void Environment_holds_only_variables_that_the_documentation_describes_with_the_same_defaults()
    {
        var documented = Regex.Matches(File.ReadAllText(Repository.PathOf("docs", "configuration.md")),
            @"^\| `(?<name>IDFKIT_\w+)` \| (?<default>[^|]*) \|",
            RegexOptions.Multiline)
            .ToDictionary(match => match.Groups["name"].Value,
                match => match.Groups["default"].Value.Trim().Trim('`'),
                StringComparer.Ordinal);
        var parameters = template.Written.GetProperty("Parameters");
        foreach (var variable in template.Resource("Function").GetProperty("Environment").GetProperty("Variables").EnumerateObject())
        {
            Assert.Contains(variable.Name, documented.Keys);
            if (variable.Value.TryGetProperty("Ref", out var parameter))
                Assert.Equal(documented[variable.Name], parameters.GetProperty(parameter.GetString()!).GetProperty("Default").ToString());
        }
    }

    [Fact]
    public void Role_may_nothing_beyond_its_two_prefixes_its_weather_its_queues_and_its_log()
    {
        foreach (var statement in Statements())
        {
            Assert.Equal("Allow", statement.GetProperty("Effect").GetString());
            foreach (var action in Strings(statement.GetProperty("Action"))) Assert.DoesNotContain('*', action);
            var resource = statement.GetProperty("Resource").GetRawText();
            // ECR has no narrower resource for it
            if (Strings(statement.GetProperty("Action")).SequenceEqual(["ecr:GetAuthorizationToken"])) continue;
            // CloudWatch Logs neither for the delivery of a state machine's log
            if (statement.TryGetProperty("Sid", out var sid) && sid.GetString() == "DeliverLogs") continue;
            // nor Batch for looking at a job
            if (Strings(statement.GetProperty("Action")).SequenceEqual(["batch:DescribeJobs"])) continue;
            foreach (var one in statement.GetProperty("Resource") is { ValueKind: JsonValueKind.Array } several
                ? several.EnumerateArray().Select(each => each.GetRawText())
                : [resource])
            {
                if (!one.Contains('*', StringComparison.Ordinal)) continue;
                Assert.Matches(
                    @"s3:::(\$\{Name\}/\$\{(In|Out)putPrefix\}(\.maps/|\*\.study/\.plan/)?|\$\{WeatherPlace\})\*"
                        + @"|:execution:\$\{AWS::StackName\}-studies(/rows)?:\*"
                        + @"|:batch:[^*]*:job(/|-definition/\$\{AWS::StackName\}-work:)\*", one);
            }
        }
    }

    /// <summary>What it wrote under the input prefix would start itself.</summary>
    [Fact]
    public void State_machine_of_studies_reaches_no_input_and_its_rule_starts_nothing_else()
    {
        var role = template.Resource("StudyRole").GetRawText();
        Assert.DoesNotContain("InputPrefix", role, StringComparison.Ordinal);
        Assert.Contains("${OutputPrefix}*.study/.plan/*", role, StringComparison.Ordinal);
        var rule = template.Resource("StudyRule");
        Assert.Equal(
            """[{"wildcard": {"Fn::Sub": "${InputPrefix}*.study.csv"}}, {"wildcard": {"Fn::Sub": "${InputPrefix}*.study.json"}}]""",
            rule.GetProperty("EventPattern").GetProperty("detail").GetProperty("object").GetProperty("key").GetRawText());
        Assert.Equal("$.detail", rule.GetProperty("Targets")[0].GetProperty("InputPath").GetString());
    }

    /// <summary>The list may be that of a later execution of the same study: two that call in one name would share rows.</summary>
    [Fact]
    public void Map_of_a_study_calls_in_the_name_of_its_own_execution()
    {
        var machine = template.Resource("StudyMachine").GetRawText();
        Assert.Contains("\"execution.$\": \"$$.Execution.Id\"", machine[machine.IndexOf("ItemSelector", StringComparison.Ordinal)..][..400],
            StringComparison.Ordinal);
    }

    [Fact]
    public void Role_lists_under_the_two_prefixes_only()
    {
        var listing = Statements().Where(statement => Strings(statement.GetProperty("Action")).Contains("s3:ListBucket")).ToList();
        Assert.Equal(2, listing.Count);
        Assert.All(listing, statement => Assert.Matches(@"\$\{(In|Out)putPrefix\}\*", statement.GetProperty("Condition").GetRawText()));
    }

    [Fact]
    public void Queues_hide_a_message_for_six_times_whatever_the_timeout_is()
    {
        var allowed = template.Written.GetProperty("Parameters").GetProperty("Timeout").GetProperty("AllowedValues");
        foreach (var timeout in allowed.EnumerateArray())
        {
            var plan = Plan("Queue=true", $"Timeout={timeout}");
            foreach (var queue in new[] { "RunQueue", "FailureQueue" })
                Assert.Equal(
                    6 * timeout.GetInt32(), plan.Resources[queue]!["Properties"]!["VisibilityTimeout"]!.GetValue<int>());
        }
    }

    [Fact]
    public void Bucket_outlives_its_stack_but_not_a_creation_that_failed()
    {
        foreach (var resource in template.Transformed.GetProperty("Resources").EnumerateObject())
        {
            if (resource.Value.GetProperty("Type").GetString() != "AWS::S3::Bucket") continue;
            Assert.Equal("RetainExceptOnCreate", resource.Value.GetProperty("DeletionPolicy").GetString());
            Assert.Equal("Retain", resource.Value.GetProperty("UpdateReplacePolicy").GetString());
        }
    }

    /// <summary>35 characters, which the template and docs/deploy.md name, fit wherever AWS has a region.</summary>
    [Fact]
    public void Longest_stack_name_makes_a_bucket_name_in_the_region_with_the_longest_name()
    {
        const string Region = "ap-northeast-1", Account = "123456789012";
        var name = template.Resource("Bucket").GetProperty("BucketName").GetProperty("Fn::Sub").GetString()!
            .Replace("${AWS::StackName}", new string('s', 35), StringComparison.Ordinal)
            .Replace("${AWS::AccountId}", Account, StringComparison.Ordinal)
            .Replace("${AWS::Region}", Region, StringComparison.Ordinal);
        Assert.Equal(63, name.Length);
        Assert.Contains("at most 35 characters", File.ReadAllText(Repository.PathOf("docs", "deploy.md")), StringComparison.Ordinal);
    }

    /// <summary>A permission that nothing calls for has no row, and a row that no role has is out of date.</summary>
    [Fact]
    public void Every_permission_has_its_row_with_the_call_that_needs_it()
    {
        var rows = Regex.Matches(
            File.ReadAllText(Repository.PathOf("docs", "security.md")), @"^\| `(?<action>\w+:\w+)` \|", RegexOptions.Multiline);
        Assert.Equal(
            Statements().SelectMany(statement => Strings(statement.GetProperty("Action"))).Distinct().Order(StringComparer.Ordinal),
            rows.Select(row => row.Groups["action"].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Models_start_runs_by_the_input_prefix_whichever_way_they_come()
    {
        var bucket = template.Resource("Bucket").GetProperty("NotificationConfiguration");
        foreach (var way in new[] { "LambdaConfigurations", "QueueConfigurations" })
            Assert.Contains("""{"Name": "prefix", "Value": {"Ref": "InputPrefix"}}""",
                bucket.GetProperty(way).GetRawText(), StringComparison.Ordinal);
        Assert.Contains("""{"prefix": {"Ref": "InputPrefix"}}""",
            template.Resource("Rule").GetProperty("EventPattern").GetRawText(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("InputPrefix", "inputs/", true)]
    [InlineData("InputPrefix", "a/b c/", true)]
    [InlineData("InputPrefix", "inputs", false)]
    [InlineData("InputPrefix", "/inputs/", false)]
    [InlineData("InputPrefix", "in*/", false)]
    [InlineData("OutputPrefix", "", false)]
    [InlineData("Weather", "", true)]
    [InlineData("Weather", "weather/Berlin TRY.epw", true)]
    [InlineData("Weather", "weather/W.EPW", true)]
    [InlineData("Weather", "weather/*", false)]
    [InlineData("Weather", "weather/w.Epw", false)] // of these nobody could tell the name of the .stat beside it
    [InlineData("Weather", "w.epw.of.2024/w.epw", false)]
    [InlineData("WeatherPlace", "", true)]
    [InlineData("WeatherPlace", "all-weather/epw/", true)]
    [InlineData("WeatherPlace", "all-weather/epw/de at/", true)]
    [InlineData("WeatherPlace", "all-weather/", true)]
    [InlineData("WeatherPlace", "all-weather", false)]
    [InlineData("WeatherPlace", "all-weather/epw", false)]
    [InlineData("WeatherPlace", "all-weather//epw/", false)]
    [InlineData("WeatherPlace", "all-weather/*/", false)]
    [InlineData("WeatherPlace", "s3://all-weather/epw/", false)]
    [InlineData("ExistingBucket", "My_Bucket", false)]
    [InlineData("KmsKeyArn", "alias/mine", false)]
    public void Parameter_takes_what_the_role_can_be_made_of(string name, string value, bool taken) =>
        Assert.Equal(taken,
            Regex.IsMatch(value, template.Written.GetProperty("Parameters").GetProperty(name).GetProperty("AllowedPattern").GetString()!));

    [Fact]
    public void Stages_of_samconfig_set_parameters_that_the_template_has()
    {
        var text = File.ReadAllText(Repository.PathOf("samconfig.toml"));
        var parameters = template.Written.GetProperty("Parameters");
        foreach (var stage in new[] { "dev", "prod", "arm" })
        {
            var overrides =
                Regex.Match(text, $@"\[{stage}\.deploy\.parameters\][^[]*?parameter_overrides = ""(?<all>[^""]*)""").Groups["all"].Value;
            Assert.NotEmpty(overrides);
            foreach (var pair in overrides.Split(' '))
                Assert.True(parameters.TryGetProperty(pair.Split('=')[0], out _), $"{stage} sets {pair}");
        }
    }

    [Fact]
    public void Events_that_were_given_up_call_the_function_and_what_it_cannot_record_is_kept()
    {
        var mapping = template.Resource("TakeFailures");
        Assert.Contains("FailureQueue", mapping.GetProperty("EventSourceArn").GetRawText(), StringComparison.Ordinal);
        Assert.Equal("""["ReportBatchItemFailures"]""", mapping.GetProperty("FunctionResponseTypes").GetRawText());
        var queue = template.Resource("FailureQueue");
        Assert.Contains("KeptFailures", queue.GetProperty("RedrivePolicy").GetRawText(), StringComparison.Ordinal);
        Assert.False(template.Resource("KeptFailures").TryGetProperty("RedrivePolicy", out _));
        Assert.DoesNotContain(template.Transformed.GetProperty("Resources").EnumerateObject(), resource =>
            resource.Value.GetProperty("Type").GetString() == "AWS::Lambda::EventSourceMapping"
            && resource.Value.GetRawText().Contains("KeptFailures", StringComparison.Ordinal));
        Assert.Equal("""{"Fn::GetAtt": ["FailureQueue", "Arn"]}""", template.Resource("Function").GetProperty("Environment")
            .GetProperty("Variables").GetProperty("IDFKIT_FAILURE_QUEUE").GetRawText());
    }

    [Fact]
    public void Function_and_jobs_share_one_policy()
    {
        foreach (var role in new[] { "FunctionRole", "JobRole" })
            Assert.Equal("""[{"Ref": "ModelsAndResults"}]""", template.Resource(role).GetProperty("ManagedPolicyArns").GetRawText());
        Assert.False(template.Resource("JobRole").TryGetProperty("Policies", out _));
    }

    private StackPlan Plan(params string[] parameters) =>
        new(template.Transformed, StackVariant.Of("plan", parameters).Parameters);

    private List<JsonElement> Statements() =>
    [
        .. template.Transformed.GetProperty("Resources").EnumerateObject().Select(resource => resource.Value.GetProperty("Properties"))
            .SelectMany(properties => properties.TryGetProperty("Policies", out var policies)
                ? policies.EnumerateArray().Select(Chosen)
                : [])
            .Append(template.Resource("ModelsAndResults"))
            .SelectMany(policy => policy.GetProperty("PolicyDocument").GetProperty("Statement").EnumerateArray().Select(Chosen)),
    ];

    private static JsonElement Chosen(JsonElement value) => value.TryGetProperty("Fn::If", out var conditional) ? conditional[1] : value;

    private static IEnumerable<string> Strings(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().Select(item => item.GetString()!)
        : [value.GetString()!];
}
