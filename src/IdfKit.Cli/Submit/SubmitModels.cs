using IdfKit.Cli.Inputs;
using IdfKit.Cli.Places;
using IdfKit.Storage;

namespace IdfKit.Cli.Submit;

/// <summary>The models among files that were named, each checked and with what it needs.</summary>
internal static class SubmitModels
{
    /// <summary>Those that would be run; the others are among what <paramref name="check"/> has refused.</summary>
    public static async Task<IReadOnlyList<SubmitModel>> OfAsync(
        SubmitCheck check, IReadOnlyList<NamedFile> files, Place place, CancellationToken cancellationToken)
    {
        var models = new List<SubmitModel>();
        foreach (var file in files.Where(file => file.IsModel))
            if (await check.CheckAsync(file, cancellationToken) is { } model) models.Add(model);
        if (models.Count == 0) return models;
        var extra = Extra(files.Where(file => !file.IsModel), place, models[0]);
        models[0] = models[0] with { Companions = [.. models[0].Companions, .. extra] };
        return models;
    }

    /// <summary>Companions that were named themselves go where they would be looked for: beside the models.</summary>
    private static IEnumerable<SubmitFile> Extra(IEnumerable<NamedFile> named, Place place, SubmitModel first) => named
        .Select(file => SubmitFile.Of(StoragePath.Join(place.Inputs, file.Relative), file.Path))
        .Where(file => first.Companions.All(companion => companion.Key != file.Key));
}
