using TestBed;
using System.Text.Json;

using IdfKit.Drops;

namespace IdfKit.Deployment.Tests;

/// <summary>What the template sets, held against what the function and its jobs read.</summary>
public sealed class SettingsTests(TransformedTemplate template) : IClassFixture<TransformedTemplate>
{
    /// <summary>Variables that nobody needs to set through the template.</summary>
    private static readonly Dictionary<string, string> NotSet = new(StringComparer.Ordinal)
    {
        ["IDFKIT_ALLOW_VERSION_MISMATCH"] = "the template turns AllowVersionMismatch into the policy as_is",
        ["IDFKIT_COMPRESS"] = "what lies in a bucket is read by HTTP, and a folder is served by idfkit dev, which switches it off",
        ["IDFKIT_DEADLINE_MARGIN_SECONDS"] = "the default follows the time that is left",
        ["IDFKIT_MAX_RESULTS_MB"] = "the default follows the disk",
        ["IDFKIT_PARALLEL"] = "a function of one processor has none to spare, and a job file asks for it where there are more",
        ["IDFKIT_PROGRESS_SECONDS"] = "nobody has asked for another pace than the default",
        ["IDFKIT_STUDY_SELF_ROWS"] = "what fits into one invocation is small; idfkit dev, where nobody else runs studies, raises it",
        ["IDFKIT_WORK_DIR"] = "Lambda can write to /tmp only, and a job has it to itself",
        ["IDFKIT_RUN"] = "a job is told by its argument",
    };

    [Fact]
    public void Every_variable_that_the_function_reads_is_set_or_left_out_for_a_reason()
    {
        var set = FunctionVariables().Keys.Where(name => name.StartsWith("IDFKIT_", StringComparison.Ordinal));
        Assert.Equal(FunctionOptions.KnownVariables.Except(NotSet.Keys).Order(StringComparer.Ordinal), set.Order(StringComparer.Ordinal));
        Assert.Empty(NotSet.Keys.Except(FunctionOptions.KnownVariables));
    }

    [Theory]
    [InlineData("Job")]
    [InlineData("WorkJob")]
    public void Jobs_are_set_up_like_the_function_but_hand_nothing_over(string name)
    {
        var job = template.Resource(name).GetProperty("ContainerProperties").GetProperty("Environment").EnumerateArray()
            .Select(entry => entry.TryGetProperty("Fn::If", out var conditional) ? conditional[1] : entry)
            .ToDictionary(entry => entry.GetProperty("Name").GetString()!, entry => entry.GetProperty("Value"), StringComparer.Ordinal);
        var function = FunctionVariables();
        string[] ofTheFunction =
            ["IDFKIT_HAND_OVER", "IDFKIT_FAILURE_QUEUE", "IDFKIT_STUDIES", "IDFKIT_STUDY_CONCURRENCY", "IDFKIT_STUDY_MAX_ROWS"];
        Assert.Equal(function.Keys.Except(ofTheFunction).Append("AWS_REGION").Order(StringComparer.Ordinal),
            job.Keys.Order(StringComparer.Ordinal));
        foreach (var (variable, value) in job.Where(variable => function.ContainsKey(variable.Key)))
            Assert.Equal(References(function[variable]), References(value));
    }

    [Fact]
    public void Defaults_of_the_parameters_are_the_functions_own()
    {
        var parameters = template.Written.GetProperty("Parameters");
        var variables = FunctionVariables().Where(variable => variable.Value.TryGetProperty("Ref", out _))
            .ToDictionary(variable => variable.Key,
                variable => parameters.GetProperty(variable.Value.GetProperty("Ref").GetString()!).GetProperty("Default").ToString());
        Assert.Contains("IDFKIT_INPUT_PREFIX", variables.Keys);
        var options = FunctionOptions.FromEnvironment(variables);
        Assert.Equal(new RunSettings(), options.Runs);
        Assert.Empty(options.UnknownVariables);
    }

    [Fact]
    public void Times_and_sizes_leave_each_other_room()
    {
        var settings = new RunSettings();
        var parameters = template.Written.GetProperty("Parameters");
        Assert.True(parameters.GetProperty("Timeout").GetProperty("MaxValue").GetInt32() <= 900, "Lambda's longest");
        // Six times the timeout (VariantTests): a message must not come back while its claim holds.
        var shortest = parameters.GetProperty("Timeout").GetProperty("MinValue").GetInt32();
        Assert.True(6 * shortest >= shortest + settings.ClaimGrace.TotalSeconds);
        Assert.True(6 * shortest >= settings.Lease.TotalSeconds, "a letter comes again when a job that has died lets go of its claim");
        Assert.True(
            template.Resource("Job").GetProperty("Timeout").GetProperty("AttemptDurationSeconds").GetInt32()
                >= settings.Timeout.TotalSeconds + 1800, "a run that is too long ends as a record, not by Batch");
        Assert.True(parameters.GetProperty("MemorySize").GetProperty("MinValue").GetInt32() >= 512,
            "EnergyPlus needs 200 to 300 MB beside the function");
        Assert.True(parameters.GetProperty("MemorySize").GetProperty("Default").GetInt32() / 1024 <= 2,
            "more memory runs more models of one event side by side on one processor");
        Assert.Equal(1, template.Transformed.GetProperty("Resources")
            .GetProperty("TakeFromQueue")
            .GetProperty("Properties")
            .GetProperty("BatchSize")
            .GetInt32());
    }

    [Fact]
    public void Notes_of_stopped_models_start_a_job_that_is_told_their_url()
    {
        var rule = template.Resource("HandOverRule");
        Assert.Contains("""{"prefix": {"Fn::Sub": "${OutputPrefix}.timed-out/"}}""",
            rule.GetProperty("EventPattern").GetRawText(), StringComparison.Ordinal);
        var target = rule.GetProperty("Targets")[0];
        var filled = target.GetProperty("InputTransformer").GetProperty("InputTemplate").GetString()!.Replace(
            "<bucket>", "b", StringComparison.Ordinal)
            .Replace("<key>", "outputs/.timed-out/1f", StringComparison.Ordinal);
        using var input = JsonDocument.Parse(filled);
        var job = template.Resource("Job");
        foreach (var parameter in input.RootElement.GetProperty("Parameters").EnumerateObject())
        {
            Assert.Equal("s3://b/outputs/.timed-out/1f", parameter.Value.GetString());
            Assert.Equal($$"""["run", "Ref::{{parameter.Name}}"]""",
                job.GetProperty("ContainerProperties").GetProperty("Command").GetRawText());
            Assert.True(job.GetProperty("Parameters").TryGetProperty(parameter.Name, out _));
        }
        Assert.Equal("""{"Fn::If": ["SendsToRules", {"EventBridgeEnabled": true}, {"Ref": "AWS::NoValue"}]}""",
            template.Resource("Bucket").GetProperty("NotificationConfiguration").GetProperty("EventBridgeConfiguration").GetRawText());
        Assert.Equal("""{"Fn::Or": [{"Condition": "UsesBatch"}, {"Condition": "HasStudies"}]}""",
            template.Transformed.GetProperty("Conditions").GetProperty("SendsToRules").GetRawText());
        // Exit codes: bootstrap run --help.
        Assert.Equal("""[{"OnExitCode": "2", "Action": "EXIT"}]""",
            job.GetProperty("RetryStrategy").GetProperty("EvaluateOnExit").GetRawText());
    }

    /// <summary>The state's parameters are the job's, and the program takes them in this order.</summary>
    [Fact]
    public void Workers_are_told_their_tickets_and_how_many_they_are()
    {
        var job = template.Resource("WorkJob");
        Assert.Equal("""["work", "Ref::tickets", "Ref::size"]""",
            job.GetProperty("ContainerProperties").GetProperty("Command").GetRawText());
        var task = template.Resource("StudyMachine").GetProperty("Definition").GetProperty("States").GetProperty("Rows")
            .GetProperty("Fn::If")[1].GetProperty("Parameters");
        Assert.Equal(job.GetProperty("Parameters").EnumerateObject().Select(parameter => parameter.Name + ".$").Order(),
            task.GetProperty("Parameters").EnumerateObject().Select(parameter => parameter.Name).Order());
        Assert.Equal("$.planned.answer.workers", task.GetProperty("ArrayProperties").GetProperty("Size.$").GetString());
        // Exit codes: bootstrap work --help.
        Assert.Equal("""[{"OnExitCode": "2", "Action": "EXIT"}]""",
            job.GetProperty("RetryStrategy").GetProperty("EvaluateOnExit").GetRawText());
        Assert.Equal(
            template.Resource("StudyMachine").GetProperty("Definition").GetProperty("TimeoutSeconds").GetInt32(),
            job.GetProperty("Timeout").GetProperty("AttemptDurationSeconds").GetInt32());
    }

    [Fact]
    public void Nothing_of_Batch_is_made_unless_it_is_asked_for()
    {
        foreach (var resource in template.Transformed.GetProperty("Resources").EnumerateObject())
        {
            var type = resource.Value.GetProperty("Type").GetString()!;
            var condition = resource.Name switch
            {
                "Job" or "JobQueue" or "HandOverRole" or "HandOverRule" or "GivenUpJobsRule" => "UsesBatch",
                "WorkJob" or "WorkQueue" => "StudiesOnBatch",
                "Compute" or "JobRole" or "JobStartRole" or "JobLogGroup" => "UsesContainers", // of both
                _ => null,
            };
            Assert.False(condition is null && type.StartsWith("AWS::Batch::", StringComparison.Ordinal), resource.Name);
            if (condition is not null) Assert.Equal(condition, resource.Value.GetProperty("Condition").GetString());
        }
    }

    private Dictionary<string, JsonElement> FunctionVariables() =>
        template.Resource("Function").GetProperty("Environment").GetProperty("Variables").EnumerateObject().ToDictionary(
            variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);

    /// <summary>The parameters that a value is made of.</summary>
    private static IEnumerable<string> References(JsonElement value) =>
        System.Text.RegularExpressions.Regex.Matches(value.GetRawText(), @"""Ref"": ""(\w+)""|\$\{(\w+)\}")
            .Select(match => match.Groups[1].Value + match.Groups[2].Value)
            .Order(StringComparer.Ordinal);
}
