namespace IdfKit.Engine;

/// <summary>Splits <c>Total Energy [GJ]</c> into name and unit.</summary>
internal static class ColumnHeader
{
    public static (string Name, string Unit) Split(string header)
    {
        var start = header.EndsWith(']') ? header.LastIndexOf('[') : -1;
        return start < 0 ? (header, "") : (header[..start].TrimEnd(), header[(start + 1)..^1]);
    }
}
