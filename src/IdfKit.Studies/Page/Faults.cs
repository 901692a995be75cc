using IdfKit.Runs.Markup;

namespace IdfKit.Studies.Page;

/// <summary>What is wrong in the study's file.</summary>
internal static class Faults
{
    public static void Write(HtmlWriter html, StudyRecord record)
    {
        if (record.Faults.Count == 0) return;
        html.Write("<h2>What is wrong in the file</h2>\n<ol>");
        foreach (var fault in record.Faults) html.Write($"<li>{fault}</li>").Write("\n");
        html.Write("</ol>\n");
    }
}
