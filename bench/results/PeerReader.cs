using System.Diagnostics;
using System.Globalization;

using Measuring;

using TestBed;

namespace Results;

/// <summary>The Python peer in a process of its own, which takes one task after the other; null where it is not.</summary>
internal sealed class PeerReader : IDisposable
{
    private readonly Process _process;

    private PeerReader(string python)
    {
        Python = python;
        _process = Process.Start(new ProcessStartInfo(python, [Repository.PathOf("bench", "results", "peer.py")])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true
        })!;
    }

    public string Python { get; }

    public static PeerReader? TryStart() => Peer.TryInstall() is { } installed ? new(installed.Python) : null;

    public double Run(string task, string path)
    {
        _process.StandardInput.WriteLine($"{task} {path}");
        _process.StandardInput.Flush();
        var answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The peer ended in {task} of {path}.");
        return double.Parse(answer.Split(' ')[0], CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
