using System.Text.Json.Nodes;
using IdfKit.Cli.Aws;
using IdfKit.Drops;

namespace IdfKit.Cli.Doctor.Cloud;

/// <summary>What Lambda says of the function, beside what the stack asked for.</summary>
internal sealed class FunctionFindings(AwsClient aws, StackView stack)
{
    /// <summary>How much memory accounts may give a function before Amazon raises it, in MB.</summary>
    private const int MemoryOfNewAccounts = 3008;

    private JsonNode? _configuration;

    public string? Arn => _configuration?["FunctionArn"]?.ToString();

    public string? RoleArn => _configuration?["Role"]?.ToString();

    public int? TimeoutSeconds => Number("Timeout");

    /// <summary>Its IDFKIT_* variables; null when they were not seen.</summary>
    public IReadOnlyDictionary<string, string>? Variables { get; private set; }

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        var answer = await aws.GetAsync(
            AwsService.Lambda, $"/2015-03-31/functions/{Uri.EscapeDataString(stack.FunctionName)}", [], cancellationToken);
        if (answer.Code == "ResourceNotFoundException")
            return [Finding.Problem($"there is no function {stack.FunctionName}, which the stack should have; deploy it again")];
        if (!answer.IsSuccess) return [Seen.Not($"the function {stack.FunctionName}", answer, "lambda:GetFunction on it")];
        _configuration = answer.Json["Configuration"];
        var variables = _configuration?["Environment"]?[nameof(Variables)] as JsonObject ?? [];
        Variables = variables.ToDictionary(pair => pair.Key, pair => $"{pair.Value}");
        return [State(), Image(answer.Json["Code"]?["ImageUri"]?.ToString()), Memory(), .. Sizes(), .. Environment(Variables)];
    }

    private Finding State()
    {
        var (state, update) = ($"{_configuration?["State"]}", $"{_configuration?["LastUpdateStatus"]}");
        if (state is "Failed" || update is "Failed")
            return Finding.Problem($"the function {stack.FunctionName} cannot run: {_configuration?["StateReason"]} "
                + $"{_configuration?["LastUpdateStatusReason"]}");
        return state is "Pending" || update is "InProgress"
            ? Finding.Warning($"the function {stack.FunctionName} is being changed; look again in a minute")
            : Finding.Good($"the function {stack.FunctionName} is {(state.Length == 0 ? "there" : state.ToLowerInvariant())}");
    }

    private Finding Image(string? uri)
    {
        if (uri is null)
            return Finding.Problem("the function runs no image, and EnergyPlus comes in one; deploy the template of this repository");
        var architecture = _configuration?["Architectures"] is JsonArray { Count: > 0 } named ? $", {named[0]}" : "";
        return Finding.Good($"image {uri}{architecture}");
    }

    private Finding Memory() => Number("MemorySize") is not { } size ? Finding.Note("the function's memory is not named")
        : size > MemoryOfNewAccounts
            ? Finding.Good($"memory {size} MB, more than the {MemoryOfNewAccounts:N0} MB of new accounts, so this account is allowed it")
            : Finding.Good($"memory {size} MB, which every account may have (new ones {MemoryOfNewAccounts:N0} MB)");

    private IEnumerable<Finding> Sizes()
    {
        (string Parameter, int? Real)[] sizes = [
            ("MemorySize", Number("MemorySize")), ("Timeout", Number("Timeout")),
            ("EphemeralStorage", _configuration?["EphemeralStorage"]?["Size"]?.GetValue<int>()),
        ];
        foreach (var (parameter, real) in sizes)
            if (real is not null && stack.Parameter(parameter) is { } asked && asked != $"{real}")
                yield return Finding.Warning(Differs(parameter, $"{real}", asked));
    }

    private IEnumerable<Finding> Environment(IReadOnlyDictionary<string, string> variables)
    {
        var faults = FunctionFaults(variables).ToList();
        foreach (var fault in faults) yield return Finding.Problem($"the function cannot start: {fault}");
        foreach (var name in FunctionOptions.UnknownIn(variables.ToDictionary()))
            yield return Finding.Problem(FunctionOptions.AboutUnknown(name));
        var differing = StackVariables.Of(stack).Where(one => one.Value != (variables.GetValueOrDefault(one.Key) ?? "")).ToList();
        foreach (var (name, asked) in differing)
            yield return Finding.Warning(Differs(name, variables.GetValueOrDefault(name) ?? "", asked));
        if (faults.Count == 0 && differing.Count == 0) yield return Finding.Good("the function's variables are those of the stack");
    }

    private static IReadOnlyList<string> FunctionFaults(IReadOnlyDictionary<string, string> variables)
    {
        try { return FunctionOptions.FromEnvironment(variables.ToDictionary()) is { } ? [] : []; }
        catch (FunctionStartException e) { return e.Faults; }
    }

    private static string Differs(string name, string real, string asked) =>
        $"{name} of the function is '{real}' and the stack says '{asked}': it was changed by hand, and the next 'sam deploy' may put it "
            + "back";

    private int? Number(string name) => _configuration?[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;
}
