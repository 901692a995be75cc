using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>Why a folder has no row in a table of runs.</summary>
internal static partial class RunSentences
{
    public static string NoRecord { get; } =
        "Results of EnergyPlus lie here without a run.json: another program ran it, or it never came to an end. Run it again for a row.";

    public static string NoRecordOfARun { get; } =
        "The run.json that lies here is no record of a run; another program wrote it. Move it, or ask for the folders of the runs alone.";

    public static string BrokenRecord { get; } =
        "The run.json that lies here cannot be read; it may be cut off or damaged. Run the model again.";

    public static string RecordTooLarge { get; } =
        "The run.json that lies here is far larger than the record of a run, and was not read; another program wrote it.";

    public static string NewerRecord(string version) =>
        $"The run.json that lies here is of a newer form ({OneLine.Of(version, 20)}) than this version reads; collect it with a newer one.";
}
