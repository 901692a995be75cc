using TestBed;

namespace IdfKit.Engine.Tests.Processes;

/// <summary>Where idfkit-engine is found, which the library, the function and the tool ask alike.</summary>
public sealed class EngineHostFindTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public EngineHostFindTests() => Needs.That(OperatingSystem.IsLinux(), Needs.Linux);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Starter_with_its_dll_is_a_host_and_alone_it_is_none()
    {
        var built = FakeRun.EngineHost;
        File.Copy(built, Directory.CreateDirectory(_folder["alone"]).FullName + "/idfkit-engine");

        Assert.Equal(built, Found(Path.GetDirectoryName(built)!));
        Assert.Null(Found(_folder["alone"]));
        Assert.Null(Found(_folder["none"]));
    }

    [Fact]
    public void Starter_with_its_program_inside_is_a_host_however_small()
    {
        var bytes = File.ReadAllBytes(FakeRun.EngineHost);
        var mark = bytes.AsSpan().IndexOf(new byte[] { 0x8b, 0x12, 0x02, 0xb9, 0x6a, 0x61, 0x20, 0x38 });
        BitConverter.GetBytes((long)bytes.Length).CopyTo(bytes, mark - 8); // where the SDK notes the bundle that it appends
        File.WriteAllBytes(_folder["idfkit-engine"], [.. bytes, 1, 2, 3]);

        Assert.Equal(_folder["idfkit-engine"], Found(_folder.Path));
    }

    [Fact]
    public void Program_that_is_no_starter_is_a_host_and_the_first_folder_that_has_one_wins()
    {
        foreach (var name in new[] { "one", "two" })
        {
            Directory.CreateDirectory(_folder[name]);
            File.WriteAllText(_folder[name, "idfkit-engine"], "#!/bin/sh\n");
        }

        Assert.Equal(_folder["one", "idfkit-engine"], EngineHost.Find(_folder["one"], _folder["two"]));
    }

    /// <summary>The starter that the build has left beside these tests is no host.</summary>
    private static string? Found(string folder) => EngineHost.Find(folder);
}
