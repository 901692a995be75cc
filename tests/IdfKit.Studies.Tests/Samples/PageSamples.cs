using IdfKit.Simulation;

namespace IdfKit.Studies.Tests.Samples;

/// <summary>The samples of docs/studies.md, as they stand there.</summary>
internal static class PageSamples
{
    public static void Expand()
    {
        // <expand>
        var study = Study.Read("office.study.csv");
        foreach (var variant in study.Variants())
            File.WriteAllBytes($"{variant.Name}.idf", variant.MakeModel());
        // </expand>
    }

    public static void Check()
    {
        // <check>
        try
        {
            Study.Read("office.study.csv");
        }
        catch (StudyException refused)
        {
            foreach (var fault in refused.Faults) Console.WriteLine(fault.Message);
        }
        // </check>
    }

    public static async Task RunAsync()
    {
        // <run>
        await using var simulator = new Simulator();
        var runner = new StudyRunner(simulator);
        var study = await Study.ReadAsync("office.study.csv");
        await foreach (var ended in runner.RunAsync(study, "office.study"))
            Console.WriteLine($"{ended.Ended} of {ended.Total}: {ended.Variant} {ended.Result?.Outcome}");

        var table = await StudyTable.CollectAsync(study, "office.study");
        await using var csv = File.Create("office.study/results.csv");
        await table.WriteCsvAsync(csv);
        // </run>
    }
}
