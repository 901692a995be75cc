using TestBed;

namespace IdfKit.Deployment.Tests.Packages;

/// <summary>Runs programs as a user without a checkout has them: an empty home, few variables, and folders out of reach.</summary>
/// <param name="folder">Where they run; their home lies in it.</param>
internal sealed class Apart(TemporaryFolder folder)
{
    // Lays an empty folder over each argument before the first "--", then becomes what follows.
    private const string Hide = """while [ "$1" != -- ]; do mount -t tmpfs tmpfs "$1" || exit 99; shift; done; shift; exec "$@" """;

    private static readonly bool CanHide = Environment.UserName == "root";

    /// <summary>The folder of the SDK.</summary>
    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("PATH")!.Split(':')
        .Select(place => new FileInfo(Path.Combine(place, "dotnet")))
        .Where(file => file.Exists)
        .Select(file => Path.GetDirectoryName(file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName)!)
        .First();

    public string Home => folder["home"];

    /// <summary>Folders besides the checkout that programs see empty; only root can hide any.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>Further variables, as <c>NAME=value</c>.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <summary>Skips the test where nothing can be hidden.</summary>
    public static void RequireHiding() => Needs.That(CanHide, Needs.RightToMount);

    public async Task<ToolResult> RunAsync(string program, params string[] arguments)
    {
        Directory.CreateDirectory(Home);
        string[] plain =
        [
            "-i", "HOME=" + Home, "DOTNET_CLI_HOME=" + Home, "DOTNET_CLI_TELEMETRY_OPTOUT=1", "DOTNET_NOLOGO=1", "LANG=C.UTF-8",
            "DOTNET_GENERATE_ASPNET_CERTIFICATE=false", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1", "MSBUILDDISABLENODEREUSE=1",
            "UseSharedCompilation=false", "ENERGYPLUS_DIR=" + RealParts.EnergyPlus(),
            $"PATH={Home}/.dotnet/tools:{Dotnet}:/usr/bin:/bin", .. Variables, program, .. arguments,
        ];
        return CanHide
            ? await Tool.RunAsync("unshare", folder.Path,
                ["--mount", "sh", "-c", Hide, "sh", Repository.Root, .. Hidden, "--", "env", .. plain])
            : await Tool.RunAsync("env", folder.Path, plain);
    }
}
