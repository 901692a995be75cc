namespace IdfKit.LocalCloud.Lambda;

/// <summary>How a function process ended; .NET reports a signal as 128 and its number.</summary>
internal readonly record struct FunctionExit(int Code)
{
    public string Describe() => Code switch
    {
        0 => "without providing a reason",
        128 + 6 => "with error: signal: aborted",
        128 + 9 => "with error: signal: killed",
        128 + 11 => "with error: signal: segmentation fault",
        128 + 15 => "with error: signal: terminated",
        _ => $"with error: exit status {Code}",
    };
}
