using IdfKit.Engine;

using TestBed;

namespace IdfKit.Studies.Tests;

/// <summary>A folder with a study in it, and the real schema.</summary>
internal sealed class StudyBed : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static EnergyPlusInstallation EnergyPlus { get; } = EnergyPlusInstallation.Find(RealParts.EnergyPlus());

    public string this[params string[] segments] => _folder[segments];

    public StudyBed With(string name, string text)
    {
        File.WriteAllText(_folder[name], text);
        return this;
    }

    public StudyBed With(string name, byte[] bytes)
    {
        File.WriteAllBytes(_folder[name], bytes);
        return this;
    }

    /// <summary>The example model, and weather beside it.</summary>
    public StudyBed WithOneZone(string name = "office")
    {
        File.Copy(RealParts.Model("one-zone"), _folder[name + ".idf"]);
        File.Copy(RealParts.Weather("Golden"), _folder[name + ".epw"]);
        return this;
    }

    /// <summary>The example model with design days instead of its year, and weather beside it.</summary>
    public StudyBed WithDesignDays(string name = "office")
    {
        DesignDays.Write(_folder[name + ".idf"]);
        File.Copy(RealParts.Weather("Golden"), _folder[name + ".epw"]);
        return this;
    }

    public Study Read(string name = "office.study.csv") => Study.Read(_folder[name], new() { Installation = EnergyPlus });

    /// <summary>What is wrong with a study of the model that is here.</summary>
    public IReadOnlyList<StudyFault> Faults(string csv)
    {
        With("office.study.csv", csv);
        return Assert.Throws<StudyException>(() => Read()).Faults;
    }

    public void Dispose() => _folder.Dispose();
}
