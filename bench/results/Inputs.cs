using IdfKit.Engine;

using TestBed;

namespace Results;

/// <summary>
/// The files that are read: SmallOffice over a year with the first 110 variables of its own catalogue, hourly (.eso 72 MB, .sql 86 MB), and
/// OutPatientHealthCare's report (19 MB). Made by the real EnergyPlus once, kept in a folder.
/// </summary>
internal sealed class Inputs(string folder)
{
    private string Office => Path.Combine(folder, "office");

    private string OutPatient => Path.Combine(folder, "outpatient");

    public string Eso => Path.Combine(Office, "eplusout.eso");

    public string Mtr => Path.Combine(Office, "eplusout.mtr");

    public string Sql => Path.Combine(Office, "eplusout.sql");

    public string OfficeHtm => Path.Combine(Office, "eplustbl.htm");

    public string Htm => Path.Combine(OutPatient, "eplustbl.htm");

    public string OutPatientMtr => Path.Combine(OutPatient, "eplusout.mtr");

    /// <summary>A file with next to nothing in it, to tell the memory of values from that of code.</summary>
    public string SmallEso => Path.Combine(folder, "catalog", "eplusout.eso");

    public static string Model => RealParts.Model("ASHRAE901_OutPatientHealthCare");

    public void Make()
    {
        if (File.Exists(Path.Combine(folder, "made"))) return;
        var model = File.ReadAllText(RealParts.Model("RefBldgSmallOffice"));
        Run(Path.Combine(folder, "catalog"), model, "Chicago");
        using (var rdd = File.OpenRead(Path.Combine(folder, "catalog", "eplusout.rdd")))
        {
            var requests = VariableCatalog.Read(rdd).Entries.Take(110).Select(entry => entry.ToRequest());
            model += string.Concat(requests.Select(request => $"\nOutput:Variable,{request.Key},{request.Name},{request.Frequency};"));
        }
        Run(Office, model + "\n", "Chicago", "-a");
        Run(OutPatient, File.ReadAllText(Model), "Golden");
        File.WriteAllText(Path.Combine(folder, "made"), "");
    }

    private static void Run(string into, string model, string weather, params string[] arguments)
    {
        Console.Error.WriteLine($"EnergyPlus writes {into} …");
        Directory.CreateDirectory(into);
        File.WriteAllText(Path.Combine(into, "in.idf"), model);
        Programs.Run(Path.Combine(RealParts.EnergyPlus(), "energyplus"),
            [.. arguments, "-w", RealParts.Weather(weather), "in.idf"],
            out var exit, into);
        if (exit != 0) throw new InvalidOperationException($"EnergyPlus ended with {exit} in {into}.");
    }
}
