namespace IdfKit.Engine;

/// <summary>What was read is not an EnergyPlus model; the message says why, in one sentence.</summary>
public sealed class ModelSyntaxException : Exception
{
    /// <summary>Creates the error for a place in the model, both counted from 1.</summary>
    public ModelSyntaxException(int line, int column, string message, Exception? innerException = null)
        : base(message, innerException) => (Line, Column) = (line, column);

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>The character within the line, from 1.</summary>
    public int Column { get; }
}
