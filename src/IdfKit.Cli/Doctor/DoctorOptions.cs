namespace IdfKit.Cli.Doctor;

/// <summary>What <c>idfkit doctor</c> was asked for.</summary>
internal sealed record DoctorOptions
{
    public string? EnergyPlus { get; init; }

    public string? EngineHost { get; init; }

    public string? Bucket { get; init; }

    public Uri? EndpointUrl { get; init; }
}
