using IdfKit.Engine;
using IdfKit.Engine.Models;

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
            return (Model.Read(stream, name), null);
        }
        catch (ModelSyntaxException e)
        {
            return (null, new(RunReason.NotAModel, e.Message, e));
        }
    }

    /// <summary>
    /// Reads a freshly staged copy, and makes of it what EnergyPlus reads alike: UTF-8, under a name that ends as its content asks for.
    /// </summary>
    /// <returns>The model, where the copy is now, and what was done as sentences for the record; or why it is not run.</returns>
    public static (Model? Model, string Path, IReadOnlyList<string> Notices, Rejection? Rejection) Stage(string path, string name)
    {
        try
        {
            var staged = StagedText.Read(path, name);
            staged.Rewrite(path);
            var named = Path.ChangeExtension(path, staged.Extension);
            if (named != path) File.Move(path, named, overwrite: true);
            return (staged.Model, named, staged.Notices, null);
        }
        catch (ModelSyntaxException e)
        {
            return (null, path, [], new(RunReason.NotAModel, e.Message, e));
        }
    }
}
