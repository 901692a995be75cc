using IdfKit.Engine.Results;

namespace IdfKit.Engine.Running;

/// <summary>EnergyPlus's <c>.end</c> file: one line that says how it ended.</summary>
internal sealed class EndFile(EngineRequest request)
{
    private readonly string _path = Path.Combine(Path.GetFullPath(request.OutputDirectory), OutputNames.Output(request.OutputPrefix, request.OutputSuffix, "end"));

    /// <summary>What an earlier run left must not be taken for this one's.</summary>
    public void Remove() => File.Delete(_path);

    /// <summary>True: completed; false: gave up; null: there is no such file, or it is empty.</summary>
    public bool? IsCompleted()
    {
        if (!File.Exists(_path)) return null;
        var text = File.ReadAllText(_path);
        if (text.Contains("Completed Successfully", StringComparison.Ordinal)) return true;
        return string.IsNullOrWhiteSpace(text) ? null : false;
    }
}
