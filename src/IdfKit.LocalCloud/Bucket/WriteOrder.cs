using System.Globalization;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>
/// The order of writes: a number that follows the clock and never falls, also when the clock is set back between two servers. The file
/// holds a bound that no number given out has reached.
/// </summary>
internal sealed class WriteOrder
{
    private const long Reserved = TimeSpan.TicksPerMinute;
    private readonly string _file;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private long _last;
    private long _bound;

    public WriteOrder(string file, TimeProvider time)
    {
        (_file, _time) = (file, time);
        _last = _bound = Read(file);
    }

    /// <summary>Hexadecimal, of a fixed length, so that it is ordered as text, too.</summary>
    public string Next()
    {
        lock (_gate)
        {
            _last = Math.Max(_last + 1, _time.GetUtcNow().UtcTicks);
            if (_last >= _bound) Reserve(_last + Reserved);
            return _last.ToString("X18", CultureInfo.InvariantCulture);
        }
    }

    private void Reserve(long bound)
    {
        _bound = bound;
        try
        {
            var temporary = _file + ".new";
            File.WriteAllText(temporary, bound.ToString("X18", CultureInfo.InvariantCulture));
            File.Move(temporary, _file, overwrite: true);
        }
        // A full disk: the clock alone keeps the order then, as long as it is not set back.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return; }
    }

    private static long Read(string file)
    {
        try
        {
            return long.TryParse(File.ReadAllText(file), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bound)
                ? bound
                : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0; // the first server of this folder
        }
    }
}
