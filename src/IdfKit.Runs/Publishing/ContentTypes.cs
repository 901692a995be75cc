namespace IdfKit.Runs.Publishing;

/// <summary>Media types of EnergyPlus's files, so that a browser shows what is text and saves what is not.</summary>
internal static class ContentTypes
{
    /// <summary>Of our own page the coding is known; EnergyPlus's has the model's names as they come.</summary>
    public static string Of(string path) => path is RunRecordFile.ReportName ? "text/html; charset=utf-8" : OfExtension(path);

    private static string OfExtension(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".htm" or ".html" => "text/html",
        ".csv" or ".ssz" or ".zsz" => "text/csv",
        ".json" or ".epjson" => "application/json",
        ".parquet" => "application/vnd.apache.parquet",
        ".sql" => "application/vnd.sqlite3",
        ".xml" => "application/xml",
        ".svg" => "image/svg+xml",
        ".dxf" => "image/vnd.dxf",
        ".eso" or ".mtr" or ".err" or ".end" or ".eio" or ".audit" or ".bnd" or ".rdd" or ".mdd" or ".mtd" or ".shd" or ".edd"
            or ".txt" or ".idf" or ".rvaudit" or ".tab" or ".log" => "text/plain",
        _ => "application/octet-stream",
    };
}
