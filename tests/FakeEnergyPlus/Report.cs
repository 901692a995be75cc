using System.Collections;

namespace FakeEnergyPlus;

/// <summary>What a child can see of its own situation, a line per fact.</summary>
internal static class Report
{
    public static void Write(string path, string[] arguments)
    {
        var stat = File.ReadAllText("/proc/self/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        File.WriteAllLines(path,
        [
            .. arguments.Select(argument => "argument " + argument),
            "directory " + Environment.CurrentDirectory,
            .. Environment.GetEnvironmentVariables()
                .Cast<DictionaryEntry>()
                .Select(variable => $"variable {variable.Key}={variable.Value}"),
            .. Directory.GetFiles("/proc/self/fd").Select(Descriptor),
            "id " + Environment.ProcessId,
            "group " + fields[2],
            "session " + fields[3],
            "input-byte " + Console.OpenStandardInput().ReadByte(),
            .. File.ReadAllLines("/proc/self/limits").Select(line => "limit " + line),
        ]);
    }

    private static string Descriptor(string path)
    {
        var target = new FileInfo(path).LinkTarget; // null: the descriptor of the listing itself, gone by now
        return $"descriptor {Path.GetFileName(path)} {target}";
    }
}
