using System.Diagnostics;

using TestBed;

namespace Measuring;

/// <summary>The Python peer, installed offline from what lies beside the checkout; null where it is not.</summary>
public sealed record Peer(string Python, string HandlerFolder)
{
    public static Peer? TryInstall()
    {
        if (RealParts.SharedFolder is not { } shared || !File.Exists(Path.Combine(shared, "peers", "install.sh"))) return null;
        using var install = Process.Start(new ProcessStartInfo(Path.Combine(shared, "peers", "install.sh"))
        {
            RedirectStandardOutput = true, RedirectStandardError = true
        })!;
        var errors = install.StandardError.ReadToEndAsync();
        var python = install.StandardOutput.ReadToEnd().Trim();
        install.WaitForExit();
        if (install.ExitCode == 0) return new(python, Path.Combine(shared, "peers"));
        Console.Error.WriteLine($"The peer could not be installed and is left out: {errors.Result.Trim()}");
        return null;
    }
}
