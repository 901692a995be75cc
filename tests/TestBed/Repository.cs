namespace TestBed;

/// <summary>Where the checkout lies, found from the test's own assembly.</summary>
public static class Repository
{
    /// <summary>The folder of IdfKit.Lambda.sln.</summary>
    public static string Root { get; } = Find();

    public static string PathOf(params string[] segments) => Path.Combine([Root, .. segments]);

    /// <summary>A program of another project, as it was built together with the test's own assembly.</summary>
    public static string Built(string folder, string project, string program)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory); // bin/CONFIGURATION/FRAMEWORK
        return PathOf(folder, project, "bin", output.Parent!.Name, output.Name, program);
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "IdfKit.Lambda.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException(
            "Tests must run below the folder of IdfKit.Lambda.sln; started in " + AppContext.BaseDirectory);
    }
}
