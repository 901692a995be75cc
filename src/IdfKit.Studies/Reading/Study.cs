using IdfKit.Simulation;
using IdfKit.Storage;
using IdfKit.Studies.Reading;

namespace IdfKit.Studies;

/// <summary>
/// One model and many variants of it: what a file such as <c>office.study.csv</c> beside <c>office.idf</c> says. <c>docs/studies.md</c>
/// describes the file.
/// </summary>
public sealed class Study
{
    private readonly IReadOnlyList<StudyVariant> _variants;

    internal Study(StoredPlace place, IReadOnlyList<StudyColumn> columns, IReadOnlyList<StudyVariant> variants)
    {
        (Place, Columns, _variants) = (place, columns, variants);
        Rows = [.. variants.Select(variant => variant.Row)];
    }

    /// <summary>The study's file, on its file system.</summary>
    public string Path => Place.Shown;

    /// <summary>The columns in the order of the file.</summary>
    public IReadOnlyList<StudyColumn> Columns { get; }

    /// <summary>The columns but <c>name</c>, in the order of the file, with how many objects each sets.</summary>
    public IReadOnlyList<StudyParameter> Parameters => field ??=
    [
        .. Columns.Where(column => column.Kind is not StudyColumnKind.Name)
            .Select(column => new StudyParameter(column.Heading, column.Kind, ObjectsOf(column))),
    ];

    /// <summary>The rows in the order of the file.</summary>
    public IReadOnlyList<StudyRow> Rows { get; }

    internal StoredPlace Place { get; }

    /// <summary>
    /// Reads a study and checks all of it: headings, addresses and every value, against the schema of the EnergyPlus that will run its
    /// models. Nothing is started.
    /// </summary>
    /// <param name="path">The file: <c>office.study.csv</c>.</param>
    /// <param name="options">How; null: the defaults.</param>
    /// <param name="fileSystem">Where it and its models lie; null: this machine's disk.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StudyException">Something is wrong in it; the exception says all of it.</exception>
    /// <exception cref="StorageException">The file is not there, or the file system failed.</exception>
    /// <exception cref="Engine.EnergyPlusException">NotFound: there is no EnergyPlus.</exception>
    /// <remarks>Two GETs and a listing of the folder; each further base model and each weather file is a request more.</remarks>
    public static Task<Study> ReadAsync(
        string path, StudyOptions? options = null, IAsyncFileSystem? fileSystem = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new StudyReader(StoredPlace.Of(path, fileSystem), options ?? new()).ReadAsync(cancellationToken);
    }

    /// <summary>Reads a study that is not written yet, as if it were at <paramref name="path"/>.</summary>
    /// <param name="path">The file that it would be: <c>office.study.csv</c>.</param>
    /// <param name="content">What the file would hold.</param>
    /// <param name="options">How; null: the defaults.</param>
    /// <param name="fileSystem">Where its models lie; null: this machine's disk.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <inheritdoc cref="ReadAsync"/>
    public static Task<Study> ReadContentAsync(
        string path, ReadOnlyMemory<byte> content, StudyOptions? options = null, IAsyncFileSystem? fileSystem = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new StudyReader(StoredPlace.Of(path, fileSystem), options ?? new()).ReadAsync(content.ToArray(), cancellationToken);
    }

    /// <inheritdoc cref="ReadAsync"/>
    public static Study Read(string path, StudyOptions? options = null, IFileSystem? fileSystem = null) =>
        Blocking.Wait(() => ReadAsync(path, options, fileSystem?.AsAsync()));

    /// <summary>A variant for each row, in the order of the file. Each model is made when it is asked for.</summary>
    public IReadOnlyList<StudyVariant> Variants() => _variants;

    /// <summary>"office.study.csv: 36 rows".</summary>
    public override string ToString() => StudySentences.Shown(Place.Name, Rows.Count);

    private int? ObjectsOf(StudyColumn column) => column.Kind is StudyColumnKind.Field
        ? _variants.Select(variant => variant.ObjectsOf(column)).FirstOrDefault(count => count is not null)
        : null;
}
