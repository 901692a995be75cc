using System.Runtime.CompilerServices;

using IdfKit.Engine.Results.Series;

namespace IdfKit.Engine.Results.Eso;

/// <summary>Puts parsed blocks together in the order of the file. Only one thread at a time may add.</summary>
internal sealed class EsoAssembler(
    EsoDictionary dictionary, PeriodYears years, long? streamBytes, int linesBefore, EsoSelection? pick = null)
{
    private readonly List<EsoPeriod> _periods = [];
    private readonly EsoGrowth _growth = new(streamBytes);
    private long _lines = linesBefore;

    /// <summary>Whether "End of Data" or a fault was reached; what follows does not count.</summary>
    public bool IsDone { get; private set; }

    public bool IsWhole { get; private set; }

    public int? FaultLine { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(EsoBlock block)
    {
        if (IsDone) return;
        var codes = block.Codes;
        var values = block.Values;
        var period = _periods.Count > 0 ? _periods[^1] : null;
        for (var i = 0; i < codes.Length; i++)
        {
            var code = codes[i];
            if (code >= 0) period?.Add(code, values[i]);
            else if (block.Marks[~code] is { Title: { } title })
            {
                _growth.Position = PositionOf(block, i);
                _growth.EnvironmentStart = _growth.Position;
                period?.Finish();
                pick?.CheckEnvironments(_periods.Count + 1);
                period = new EsoPeriod(_periods.Count, title, years.Of(title.Text), dictionary.Variables, _growth, pick);
                _periods.Add(period);
            }
            else if (block.Marks[~code] is { Column: { } column, Extremes: var extremes }) period?.Add(column, extremes);
            else
            {
                _growth.Position = PositionOf(block, i);
                period?.Add(block.Marks[~code].Stamp);
            }
        }
        _lines += block.Lines;
        if (block.IsFaulty) FaultLine = (int)Math.Min(_lines + 1, int.MaxValue);
        IsWhole = block.IsEnd;
        IsDone = block.IsEnd || block.IsFaulty;
    }

    /// <summary>About where in the file a record stands.</summary>
    private static long PositionOf(EsoBlock block, int record) =>
        block.EndPosition - block.Length + ((long)block.Length * record / block.Codes.Length);

    /// <param name="isLineTooLong">Whether the file goes on with what is no line.</param>
    public EsoResults Finish(bool isLineTooLong)
    {
        if (_periods.Count > 0) _periods[^1].Finish();
        if (isLineTooLong && !IsDone) FaultLine = (int)Math.Min(_lines + 1, int.MaxValue);
        return new(dictionary, _periods, !IsWhole, FaultLine);
    }
}
