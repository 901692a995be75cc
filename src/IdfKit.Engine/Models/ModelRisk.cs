namespace IdfKit.Engine;

/// <summary>What a model could do besides simulating.</summary>
public enum ModelRiskKind
{
    /// <summary>Runs Python code of the model's author (<c>PythonPlugin:*</c>).</summary>
    PythonPlugin,

    /// <summary>Talks to another program or loads a functional mock-up unit (<c>ExternalInterface*</c>).</summary>
    ExternalInterface,

    /// <summary>Reads another file as part of the model (<c>##include</c>, <c>##fileprefix</c>).</summary>
    Include,

    /// <summary>Names a file by an absolute path.</summary>
    AbsolutePath,

    /// <summary>Names a file outside of the model's own folder.</summary>
    EscapingPath,
}

/// <summary>One thing in a model that an untrusted model must not have.</summary>
/// <param name="Kind">What it could do.</param>
/// <param name="Message">One sentence with the object's class, name and line.</param>
/// <param name="Line">Where it stands, from 1.</param>
public sealed record ModelRisk(ModelRiskKind Kind, string Message, int Line);
