namespace IdfKit.Architecture.Tests;

/// <summary>The picture of docs/architecture.md, held against what the compiler really linked.</summary>
public sealed class LayeringTests
{
    private static readonly Dictionary<string, string[]> AllowedProjects = new()
    {
        ["IdfKit.Storage"] = [],
        ["IdfKit.Storage.S3"] = ["IdfKit.Storage"],
        ["IdfKit.Storage.S3.Credentials"] = [],
        ["IdfKit.Storage.DependencyInjection"] = ["IdfKit.Storage", "IdfKit.Storage.S3"],
        ["IdfKit.Engine"] = [],
        ["IdfKit.Runs"] = ["IdfKit.Engine", "IdfKit.Storage"],
        ["IdfKit.Simulation"] = ["IdfKit.Runs", "IdfKit.Engine", "IdfKit.Storage"],
        ["IdfKit.Studies"] = ["IdfKit.Simulation", "IdfKit.Runs", "IdfKit.Engine", "IdfKit.Storage"],
        ["IdfKit.Drops"] = ["IdfKit.Studies", "IdfKit.Simulation", "IdfKit.Runs", "IdfKit.Engine", "IdfKit.Storage"],
        ["IdfKit.LocalCloud"] = [],
        ["IdfKit.Function"] = ["IdfKit.Drops", "IdfKit.Runs", "IdfKit.Engine", "IdfKit.Storage", "IdfKit.Storage.S3"],
        ["bootstrap"] = ["IdfKit.Function"],
        ["idfkit"] = [
            "IdfKit.Drops", "IdfKit.Studies", "IdfKit.Simulation", "IdfKit.Runs", "IdfKit.Engine", "IdfKit.Storage",
            "IdfKit.Storage.S3", "IdfKit.Storage.S3.Credentials", "IdfKit.LocalCloud", "IdfKit.Function"
        ],
        ["idfkit-engine"] = [],
    };

    private static readonly Dictionary<string, string[]> AllowedPackages = new()
    {
        ["IdfKit.Storage"] = [],
        ["IdfKit.Storage.S3"] = ["AWSSDK."],
        ["IdfKit.Storage.S3.Credentials"] = ["AWSSDK."],
        ["IdfKit.Storage.DependencyInjection"] = [
            "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Configuration.Abstractions"
        ],
        ["IdfKit.Engine"] = ["Microsoft.Data.Sqlite", "SQLitePCLRaw."],
        ["IdfKit.Runs"] = ["Parquet"],
        ["IdfKit.Simulation"] = [],
        ["IdfKit.Studies"] = [],
        ["IdfKit.Drops"] = [],
        ["IdfKit.LocalCloud"] = ["Microsoft.AspNetCore", "Microsoft.Extensions.", "Microsoft.Net.Http.Headers"],
        ["IdfKit.Function"] = ["Amazon.Lambda.", "AmazonLambda.StandIns"],
        ["bootstrap"] = [],
        ["idfkit"] = [ // ASP.NET Core: the page of idfkit open
            "Spectre.Console", "System.CommandLine", "AWSSDK.Core", "Microsoft.AspNetCore.Http.", "Microsoft.Extensions.Features",
            "Microsoft.Extensions.Primitives"
        ],
        ["idfkit-engine"] = [],
    };

    private static readonly string[] Libraries = [
        "IdfKit.Storage", "IdfKit.Storage.S3", "IdfKit.Storage.S3.Credentials", "IdfKit.Storage.DependencyInjection",
        "IdfKit.Engine", "IdfKit.Runs", "IdfKit.Simulation", "IdfKit.Studies", "IdfKit.Drops"
    ];

    public static TheoryData<string> Assemblies => [.. AllowedProjects.Keys];

    public static TheoryData<string> LibraryAssemblies => [.. Libraries];

    [Theory, MemberData(nameof(Assemblies))]
    public void Assembly_refers_only_to_the_layers_below_it(string name)
    {
        using var assembly = CompiledAssembly.Open(name);
        Assert.Equal([], assembly.References.Where(IsOurs).Except(AllowedProjects[name]));
    }

    [Theory, MemberData(nameof(Assemblies))]
    public void Assembly_refers_only_to_its_own_packages(string name)
    {
        using var assembly = CompiledAssembly.Open(name);
        var foreign = assembly.References.Where(reference => !IsOurs(reference) && !IsPlatform(reference, name));
        Assert.Equal(
            [], foreign.Where(reference => !AllowedPackages[name].Any(prefix => reference.StartsWith(prefix, StringComparison.Ordinal))));
    }

    [Theory, MemberData(nameof(LibraryAssemblies))]
    public void Library_never_touches_the_console(string name)
    {
        using var assembly = CompiledAssembly.Open(name);
        Assert.DoesNotContain("System.Console", assembly.Types);
    }

    [Theory, MemberData(nameof(LibraryAssemblies))]
    public void Library_reads_the_environment_only_in_the_named_discovery(string name)
    {
        using var assembly = CompiledAssembly.Open(name);
        var readers = assembly.CallersOf("System.Environment", "GetEnvironmentVariable")
            .Concat(assembly.CallersOf("System.Environment", "GetEnvironmentVariables"));
        Assert.Equal(name == "IdfKit.Engine" ? ["IdfKit.Engine.Installations.InstallationSearch"] : [], readers.Distinct());
    }

    // What serves people at their desks: the function has its role's keys in the environment, and every package makes it larger.
    [Theory]
    [InlineData("bootstrap", false)]
    [InlineData("idfkit", true)]
    public void Services_that_hand_out_credentials_are_packed_with_the_tool_alone(string program, bool packed)
    {
        var contents = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, program + ".deps.json"));
        Assert.Contains("AWSSDK.S3/", contents, StringComparison.Ordinal);
        foreach (var package in new[] { "AWSSDK.SecurityToken/", "AWSSDK.SSO/", "AWSSDK.SSOOIDC/", "IdfKit.Storage.S3.Credentials/" })
            Assert.Equal(packed, contents.Contains(package, StringComparison.Ordinal));
        Assert.DoesNotContain("IdfKit.Storage.DependencyInjection/", contents, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_project_of_src_is_in_the_picture()
    {
        var projects = Directory.GetDirectories(TestBed.Repository.PathOf("src")).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        var programs = new Dictionary<string, string>
        {
            ["bootstrap"] = "IdfKit.Lambda", ["idfkit"] = "IdfKit.Cli", ["idfkit-engine"] = "IdfKit.Engine.Host"
        };
        Assert.Equal(projects, AllowedProjects.Keys.Select(name => programs.GetValueOrDefault(name, name)).Order(StringComparer.Ordinal));
    }

    private static bool IsOurs(string reference) =>
        reference.StartsWith("IdfKit.", StringComparison.Ordinal) || reference is "bootstrap" or "idfkit" or "idfkit-engine";

    // ASP.NET Core is a package to everybody but the local cloud, whose own list names it.
    private static bool IsPlatform(string reference, string name) =>
        reference is "mscorlib" or "netstandard" or "System" || reference.StartsWith("System.", StringComparison.Ordinal)
            && !AllowedPackages[name].Contains(reference)
            && reference != "System.CommandLine"
        || reference == "Microsoft.Win32.Primitives";
}
