namespace IdfKit.Studies;

/// <summary>A study cannot be run as it is: nothing of it was started.</summary>
public sealed class StudyException : Exception
{
    internal StudyException(FaultList faults, Exception? innerException = null)
        : base(faults.Summary, innerException) => (Faults, FaultCount, Missing) = ([.. faults.Kept], faults.Count, faults.Missing);

    /// <summary>What is wrong, in the order of the file; the first hundred.</summary>
    public IReadOnlyList<StudyFault> Faults { get; }

    /// <summary>How many things are wrong.</summary>
    public int FaultCount { get; }

    /// <summary>
    /// The files, on the file system of the study, any of which may let it run when it arrives; none: it is not for want of one.
    /// </summary>
    internal IReadOnlyList<string> Missing { get; }
}
