using IdfKit.Engine;

namespace IdfKit.Runs.Staging;

/// <summary>Names and reads the copy of a model that EnergyPlus is given.</summary>
internal static class StagedModel
{
    public const string WeatherName = "in.epw";

    /// <summary>The name of the copy: EnergyPlus goes by the extension.</summary>
    public static string NameFor(string extension) => extension.Equals(".epJSON", StringComparison.OrdinalIgnoreCase) ? "in.epJSON" : "in.idf";

    /// <summary>Reads the copy at <paramref name="path"/>; a file that is no model is rejected under the <paramref name="name"/> that the modeller knows.</summary>
    public static (Model? Model, Rejection? Rejection) Read(string path, string name)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return (Model.Read(stream), null);
        }
        catch (ModelSyntaxException e)
        {
            return (null, new(RunReason.NotAModel, $"'{name}' is not an EnergyPlus model that can be read: {e.Message}", e));
        }
    }
}
