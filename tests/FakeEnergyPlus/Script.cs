using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace FakeEnergyPlus;

internal sealed partial class Script(string output, string[] arguments)
{
    private readonly List<PosixSignalRegistration> _ignored = [];
    private int _exitCode;

    public int Run(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var words = line.Split(' ', 2);
            Do(words[0], words.Length > 1 ? words[1] : "");
        }
        GC.KeepAlive(_ignored);
        return _exitCode;
    }

    private void Do(string instruction, string value)
    {
        switch (instruction)
        {
            case "report": Report.Write(InOutput(value), arguments); break;
            case "print": Console.WriteLine(value); break;
            case "print-bytes": Print(Convert.FromHexString(value)); break;
            case "flood": Flood(Number(value)); break;
            case "write": File.WriteAllText(InOutput(value), "written by " + Environment.ProcessId); break;
            case "write-bytes": WriteBytes(value); break;
            case "fill-disk": FillDisk(value); break;
            case "end": WriteEnd(value); break;
            case "ignore-signals": Ignore(PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP); break;
            case "start": Start(value); break;
            case "pause": Thread.Sleep(Number(value)); break;
            case "hang": Thread.Sleep(Timeout.Infinite); break;
            case "die": Die(Number(value)); break;
            case "exit": _exitCode = Number(value); break;
            case "": break;
            default: throw new ArgumentException($"FakeEnergyPlus cannot \"{instruction}\".");
        }
    }

    /// <summary>A grandchild that would live for a quarter of an hour; its id goes to children.txt.</summary>
    private void Start(string command)
    {
        using var child = System.Diagnostics.Process.Start(
            "/bin/sh", ["-c", $"{command} sleep 900 & echo $! >> '{InOutput("children.txt")}'"]);
        child.WaitForExit();
    }

    private void WriteEnd(string how) => File.WriteAllText(InOutput("eplusout.end"), how == "completed"
        ? "EnergyPlus Completed Successfully-- 0 Warning; 0 Severe Errors; Elapsed Time=00hr 00min  0.01sec\n"
        : "EnergyPlus Terminated--Fatal Error Detected. 0 Warning; 1 Severe Errors; Elapsed Time=00hr 00min  0.01sec\n");

    private void WriteBytes(string nameAndHex)
    {
        var words = nameAndHex.Split(' ', 2);
        File.WriteAllBytes(InOutput(words[0]), Convert.FromHexString(words[1]));
    }

    /// <summary>
    /// Writes until the disk says no, and then what EnergyPlus's Fortran and C++ would print; the file is the test's to
    /// put on a full disk.
    /// </summary>
    private void FillDisk(string name)
    {
        try { File.AppendAllText(InOutput(name), new string('x', 1 << 20)); }
        catch (IOException e)
        {
            Console.Error.WriteLine(e.Message);
            Die(6);
        }
    }

    private static void Print(byte[] bytes)
    {
        using var stream = Console.OpenStandardOutput();
        stream.Write(bytes);
    }

    private static void Flood(int kilobytes)
    {
        var line = Encoding.ASCII.GetBytes(new string('x', 1023) + "\n");
        using var standard = Console.OpenStandardOutput();
        using var error = Console.OpenStandardError();
        for (var i = 0; i < kilobytes; i++)
        {
            standard.Write(line);
            error.Write(line);
        }
    }

    private void Ignore(params PosixSignal[] signals)
    {
        foreach (var signal in signals) _ignored.Add(PosixSignalRegistration.Create(signal, context => context.Cancel = true));
    }

    private static void Die(int signal)
    {
        Signal(signal, 0);
        _ = Kill(Environment.ProcessId, signal);
        Thread.Sleep(Timeout.Infinite);
    }

    private string InOutput(string name) => Path.Combine(output, name);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
