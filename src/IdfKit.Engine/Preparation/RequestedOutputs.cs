namespace IdfKit.Engine.Preparation;

/// <summary>Which requested variables and meters a model does not report already.</summary>
internal static class RequestedOutputs
{
    public static IEnumerable<AddedObject> Missing(Model model, IReadOnlyList<OutputRequest> variables, IReadOnlyList<OutputRequest> meters)
    {
        var asked = AskedIn(model, Meant(variables, meters));
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

    /// <summary>What would answer a request; a model may report a million variables of which none is asked for here.</summary>
    private static HashSet<string> Meant(IReadOnlyList<OutputRequest> variables, IReadOnlyList<OutputRequest> meters)
    {
        var meant = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var request in variables)
        {
            meant.Add(Identity("*", request.Name, request.Frequency));
            meant.Add(Identity(request.Key, request.Name, request.Frequency));
        }
        foreach (var request in meters) meant.Add(Identity("", request.Name, request.Frequency));
        return meant;
    }

    /// <summary>Those of them that the model reports.</summary>
    private static HashSet<string> AskedIn(Model model, HashSet<string> meant)
    {
        var asked = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (meant.Count == 0) return asked;
        var variables = model.ObjectsOf("Output:Variable").Select(item => Identity(
            item.Field(0, "key_value") ?? "*",
            item.Field(1, "variable_name") ?? "",
            item.Field(2, "reporting_frequency") ?? "Hourly"));
        var meters = model.ObjectsOf("Output:Meter").Select(item => Identity(
            "", item.Field(0, "key_name") ?? "", item.Field(1, "reporting_frequency") ?? "Hourly"));
        asked.UnionWith(variables.Concat(meters).Where(meant.Contains));
        return asked;
    }

    private static string Identity(string key, string name, string frequency) => key + "\n" + name + "\n" + frequency;
}
