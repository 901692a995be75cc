using System.CommandLine;

namespace IdfKit.Cli.Studies;

/// <summary><c>idfkit study …</c>: one model, many variants, one table.</summary>
internal static class StudyCommand
{
    private const string Help = """
        Runs one model in many variants, which a file beside it describes, and makes one table and one page of them.

        office.study.csv beside office.idf has a column for each thing that changes and a row for each variant;
        docs/studies.md describes it. 'idfkit study new' writes one.

        A study is FILE: office.study.csv, office.study.json, or a model with Parametric:SetValueForRun; on disk, or as
        s3://bucket/inputs/office.study.csv. Its results are in the folder office.study beside it (on S3: at its place below
        the output prefix), unless -o names another.

        For S3 the AWS settings of this environment are used, AWS_ENDPOINT_URL_S3 included; settings may stand behind the
        address, such as s3://bucket/inputs/office.study.csv?profile=modelling.
        """;

    public static Command Create() => new("study", Help)
    {
        NewCommand.Create(), CheckStudyCommand.Create(), ExpandCommand.Create(), RunStudyCommand.Create(), StatusCommand.Create(),
        CollectStudyCommand.Create(), RetryCommand.Create(), CleanCommand.Create(),
    };
}
