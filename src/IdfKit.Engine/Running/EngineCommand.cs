namespace IdfKit.Engine.Running;

/// <summary>EnergyPlus's command line for a request, with absolute paths.</summary>
internal sealed record EngineCommand(string WorkingDirectory, IReadOnlyList<string> Arguments)
{
    /// <summary>What a confined run may read beside EnergyPlus's own folder.</summary>
    public required IReadOnlyList<string> Readable { get; init; }

    /// <summary>What a confined run may write.</summary>
    public required IReadOnlyList<string> Writable { get; init; }

    /// <exception cref="ArgumentException">A file is missing, or the request contradicts itself.</exception>
    public static EngineCommand From(EngineRequest request)
    {
        if (request is { Annual: true, DesignDay: true })
            throw new ArgumentException(
                "A run cannot be both annual and design days only; set one of Annual and DesignDay.", nameof(request));
        var model = ExistingFile(request.ModelPath, "model");
        var weather = request.WeatherPath is null ? null : ExistingFile(request.WeatherPath, "weather file");
        var output = Directory.CreateDirectory(request.OutputDirectory).FullName;
        var working = request.WorkingDirectory is null ? output : Path.GetFullPath(request.WorkingDirectory);
        if (!Directory.Exists(working))
            throw new ArgumentException($"The working directory {working} does not exist; create it before the run.", nameof(request));

        List<string> arguments = [];
        if (request.Annual) arguments.Add("-a");
        if (request.DesignDay) arguments.Add("-D");
        if (request.ExpandObjects) arguments.Add("-x");
        if (request.ReadVars) arguments.Add("-r");
        if (weather is not null) arguments.AddRange(["-w", weather]);
        arguments.AddRange(["-d", output]);
        if (request.OutputPrefix != "eplus") arguments.AddRange(["-p", request.OutputPrefix]);
        if (request.OutputSuffix != 'L') arguments.AddRange(["-s", request.OutputSuffix.ToString()]);
        arguments.AddRange(request.ExtraArguments);
        arguments.Add(model);
        // EnergyPlus 25.2 takes the statistics beside the weather file into its tables, and stops when they are there and cannot be read.
        return new(working, arguments)
        {
            Readable = weather is null ? [model] : [model, weather, Path.ChangeExtension(weather, ".stat")],
            Writable = working == output ? [working] : [working, output]
        };
    }

    private static string ExistingFile(string path, string what)
    {
        var full = Path.GetFullPath(path);
        return File.Exists(full) ? full : throw new ArgumentException($"The {what} {full} does not exist.", nameof(path));
    }
}
