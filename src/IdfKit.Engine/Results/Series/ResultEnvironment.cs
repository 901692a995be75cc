namespace IdfKit.Engine;

/// <summary>A stretch of simulated time: a design day, or a period of the weather file.</summary>
/// <param name="Index">Its place among those of the file, from 0.</param>
/// <param name="Title">Such as <c>CHICAGO ANN HTG 99.6% CONDNS DB</c> or <c>RUN PERIOD 1</c>.</param>
/// <param name="IsDesignDay">Whether it serves sizing; else it is a run period.</param>
public sealed record ResultEnvironment(int Index, string Title, bool IsDesignDay);
