namespace IdfKit.Engine.Preparation;

/// <summary>Which requested variables and meters a model does not report already.</summary>
internal static class RequestedOutputs
{
    public static IEnumerable<AddedObject> Missing(Model model, IReadOnlyList<OutputRequest> variables, IReadOnlyList<OutputRequest> meters)
    {
        var asked = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in model.ObjectsOf("Output:Variable"))
            asked.Add(Identity(
                item.Field(0, "key_value") ?? "*",
                item.Field(1, "variable_name") ?? "",
                item.Field(2, "reporting_frequency") ?? "Hourly"));
        foreach (var item in model.ObjectsOf("Output:Meter"))
            asked.Add(Identity("", item.Field(0, "key_name") ?? "", item.Field(1, "reporting_frequency") ?? "Hourly"));
        foreach (var request in variables)
            if (!asked.Contains(Identity("*", request.Name, request.Frequency))
                && asked.Add(Identity(request.Key, request.Name, request.Frequency)))
            {
                yield return new("Output:Variable",
                    ("key_value", request.Key), ("variable_name", request.Name), ("reporting_frequency", request.Frequency));
            }
        foreach (var request in meters)
            if (asked.Add(Identity("", request.Name, request.Frequency)))
                yield return new("Output:Meter", ("key_name", request.Name), ("reporting_frequency", request.Frequency));
    }

    private static string Identity(string key, string name, string frequency) => key + "\n" + name + "\n" + frequency;
}
