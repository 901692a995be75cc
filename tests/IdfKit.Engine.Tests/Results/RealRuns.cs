using RunBed;
using IdfKit.Engine.Tests.Results;
using TestBed;

[assembly: AssemblyFixture(typeof(RealRuns))]

namespace IdfKit.Engine.Tests.Results;

/// <summary>Real runs of EnergyPlus, each made once for all tests that read them.</summary>
public sealed class RealRuns : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _runs = [];

    public void Dispose() => _folder.Dispose();

    /// <summary>The output folder of a run of a shared model, with text changed or added first.</summary>
    public string Of(string model, string weather, Func<string, string>? change = null, params string[] arguments)
    {
        var text = File.ReadAllText(RealParts.Model(model));
        text = change is null ? text : change(text);
        var name = FormattableString.Invariant($"{model}-{text.GetHashCode(StringComparison.Ordinal):x}-{string.Concat(arguments)}");
        lock (_runs)
        {
            if (_runs.TryGetValue(name, out var folder)) return folder;
            Directory.CreateDirectory(_folder[name]);
            File.WriteAllText(_folder[name, "in.idf"], text);
            var exit = Child.Run(Path.Combine(RealParts.EnergyPlus(), "energyplus"),
                _folder[name],
                ["-w", RealParts.Weather(weather), .. arguments, "in.idf"]);
            Assert.Equal(0, exit);
            return _runs[name] = _folder[name];
        }
    }
}
