namespace TestBed;

/// <summary>AWS's own translator of templates, a library of Python that comes with moto.</summary>
internal static class SamTranslator
{
    /// <summary>The first Python that has it; null: none has.</summary>
    public static async Task<string?> PythonAsync()
    {
        foreach (var python in new[] { "python3.11", "python3", Repository.PathOf("artifacts", "moto", "bin", "python3") })
            if (await IsInAsync(python)) return python;
        return null;
    }

    private static async Task<bool> IsInAsync(string python)
    {
        try { return (await Tool.RunAsync(python, Path.GetTempPath(), "-c", "import samtranslator")).ExitCode == 0; }
        catch (System.ComponentModel.Win32Exception) { return false; } // there is no such program
    }
}
