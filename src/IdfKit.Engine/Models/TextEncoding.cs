namespace IdfKit.Engine.Models;

/// <summary>How a model's file was written; read, it is UTF-8 always.</summary>
internal enum TextEncoding
{
    Utf8,

    Utf16,

    /// <summary>Some line is no valid UTF-8; such lines are read as Windows-1252, which is Latin-1 with more characters.</summary>
    Windows1252,

    ShiftJis,
}
