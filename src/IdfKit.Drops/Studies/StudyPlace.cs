using IdfKit.Studies;
using IdfKit.Studies.Tables;

namespace IdfKit.Drops.Studies;

/// <summary>Where the results of a study are.</summary>
/// <param name="Results">The bucket.</param>
/// <param name="Folder">The folder there, without a trailing <c>/</c>: <c>outputs/a/office.study</c>.</param>
internal sealed record StudyPlace(ResultsPlace Results, string Folder)
{
    /// <summary><c>s3://bucket/outputs/a/office.study/</c>.</summary>
    public string Url => S3Url.Of(Results.Bucket, Folder + "/");

    /// <summary>The same for the library of studies.</summary>
    public OutputFolder Output => new(Results.Files, Folder);

    public string RecordPath => At(StudyRecordFile.Name);

    public string Runs => At(StudyRecordFile.RunsName);

    public static StudyPlace Of(ResultsPlace results, ObjectKey study) => new(results, results.Layout.StudyFolderOf(study));

    /// <summary>A file right in the folder, or below it.</summary>
    public string At(string name) => $"{Folder}/{name}";

    /// <summary>Where the runs of a row are.</summary>
    public string RunOf(string row) => $"{Runs}/{row}";

    /// <summary>The name of the folder with the files of plans.</summary>
    public const string PlansName = ".plan";

    /// <summary>
    /// The list of calls of a plan. Where the same study is put again it is that of the later execution, though the one before may not
    /// have read its own yet: who reads it makes the calls in the name of its own execution.
    /// </summary>
    public string PlanPath(string plan) => At($"{PlansName}/{plan}.json");

    /// <summary>The study's file as it was planned.</summary>
    public string CopyPath(string plan, ObjectKey study) => At($"{PlansName}/{plan}.study{study.Extension.ToLowerInvariant()}");
}
