namespace TestBed;

/// <summary>A folder of the test's own, gone with it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("idfkit-test-").FullName;

    public string this[params string[] segments] => System.IO.Path.Combine([Path, .. segments]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
