namespace IdfKit.Cli.Tests.Documents;

/// <summary>Commands of the pages that build for minutes or change this machine: which test runs each, and a word of it there.</summary>
internal static class Elsewhere
{
    private const string Packages = "tests/IdfKit.Deployment.Tests/Packages/", Scripts = "tests/IdfKit.Deployment.Tests/Scripts/";

    /// <summary>Pages all of whose commands a test of their own types, or a script runs.</summary>
    public static IReadOnlyList<string> Pages { get; } = ["docs/studies.md", "examples/office-study/README.md"];

    public static IReadOnlyDictionary<string, (string File, string Words)> Tests { get; } = new Dictionary<string, (string, string)>
    {
        ["docs/studies.md"] = ("tests/IdfKit.Cli.Tests/Studies/DocumentTests.cs", "\"docs\", \"studies.md\""),
        ["examples/office-study/README.md"] = ("demo.sh", "study run examples/office-study/office.study.csv"),
        ["./demo.sh"] = (Scripts + "DemoScriptTests.cs", "DemoAsync()"),
        ["./demo.sh --study"] = (Scripts + "DemoScriptTests.cs", "DemoAsync(\"--study\")"),
        ["./test.sh"] = ("test.sh", "usage: ./test.sh"), // which runs this
        ["./eng/pack.sh artifacts/feed"] = (Packages + "PackedFeed.cs", "IDFKIT_TEST_PACKAGES"),
        ["dotnet tool install -g idfkit --add-source artifacts/feed"] =
            (Packages + "InstalledToolTests.cs", "\"dotnet\", \"tool\", \"install\", \"-g\", \"idfkit\""),
        ["dotnet tool install -g idfkit"] =
            (Packages + "InstalledToolTests.cs", "\"dotnet\", \"tool\", \"install\", \"-g\", \"idfkit\""),
        ["dotnet nuget add source $PWD/artifacts/feed --name idfkit"] = (Packages + "ConsumerTests.cs", "<add key=\"packed\""),
        ["dotnet add package IdfKit.Simulation"] = (Packages + "ConsumerTests.cs", "PackageReference Include=\"IdfKit.Simulation\""),
        ["dotnet add package IdfKit.Storage.S3"] = (Packages + "ConsumerTests.cs", "PackageReference Include=\"IdfKit.Storage.S3\""),
    };
}
