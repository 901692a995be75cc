namespace IdfKit.Engine.Results.Eso;

/// <summary>
/// Reads only the values of some variables, but the times of all; and of a file that may be anything no more than a run reports. Of several
/// values of one variable in one interval the first is taken.
/// </summary>
/// <param name="isWanted">Whether the values of a variable are held.</param>
internal sealed class EsoSelection(Func<ResultVariable, bool> isWanted)
{
    /// <summary>Ten times what the largest models report.</summary>
    public const int MostVariables = 20_000;

    /// <summary>Of all environments and frequencies: two years of minutes.</summary>
    public const int MostTimes = 1_200_000;

    private const int LargestId = 1 << 22; // EnergyPlus counts what it could report; the table of ids is as long
    private const int MostDictionaryBytes = 16 << 20;
    private const int MostColumns = 4_000_000; // of all environments: two design days and a year of every variable, and more

    private int _times;
    private bool[] _isWanted = [];

    /// <summary>Whether the values of the variable at that place of the dictionary are held.</summary>
    public bool Takes(int variable) => _isWanted[variable];

    /// <summary>Checks what was read of the dictionary so far.</summary>
    /// <exception cref="EsoBoundException">It is larger than that of any run.</exception>
    public static void CheckPart(EsoDictionary dictionary, long bytes)
    {
        if (dictionary.Variables.Count > MostVariables) throw new EsoBoundException($"more than {MostVariables:N0} series");
        if (bytes > MostDictionaryBytes) throw new EsoBoundException("names longer than any run's");
    }

    /// <summary>Takes the variables of the file.</summary>
    /// <exception cref="EsoBoundException">There are more than any run has.</exception>
    public void Begin(EsoDictionary dictionary)
    {
        if (dictionary.Columns.Length > LargestId) throw new EsoBoundException("numbers of series larger than any run's");
        _isWanted = [.. dictionary.Variables.Select(isWanted)];
    }

    /// <summary>Counts an environment.</summary>
    /// <exception cref="EsoBoundException">There are more than any run has.</exception>
    public void CheckEnvironments(int environments)
    {
        if ((long)environments * Math.Max(_isWanted.Length, 100) > MostColumns) throw new EsoBoundException("too many environments");
    }

    /// <summary>Counts a time at which something was reported.</summary>
    /// <exception cref="EsoBoundException">There are more than any run has.</exception>
    public void CountTime()
    {
        if (++_times > MostTimes) throw new EsoBoundException($"more than {MostTimes:N0} times");
    }
}

/// <summary>A file holds more than a run reports.</summary>
/// <param name="what">What there is too much of: the end of a sentence.</param>
internal sealed class EsoBoundException(string what) : Exception(what);
