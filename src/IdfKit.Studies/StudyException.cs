namespace IdfKit.Studies;

/// <summary>A study cannot be run as it is: nothing of it was started.</summary>
public sealed class StudyException : Exception
{
    internal StudyException(FaultList faults, Exception? innerException = null)
        : base(faults.Summary, innerException) => (Faults, FaultCount) = ([.. faults.Kept], faults.Count);

    /// <summary>What is wrong, in the order of the file; the first hundred.</summary>
    public IReadOnlyList<StudyFault> Faults { get; }

    /// <summary>How many things are wrong.</summary>
    public int FaultCount { get; }
}
