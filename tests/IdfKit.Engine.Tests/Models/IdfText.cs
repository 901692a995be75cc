using System.Text;

namespace IdfKit.Engine.Tests.Models;

/// <summary>Models written in a test.</summary>
internal static class IdfText
{
    public static Model Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    public static Model Read(byte[] bytes) => Model.Read(new MemoryStream(bytes));
}
