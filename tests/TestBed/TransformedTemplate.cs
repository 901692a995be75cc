using System.Text.Json;
using Xunit;

namespace TestBed;

/// <summary>template.yaml by AWS's own translator, once for all tests.</summary>
public sealed class TransformedTemplate : IAsyncLifetime
{
    private JsonDocument? _document;

    /// <summary>Whether AWS's translator is here; else whoever asks for a part of the template is skipped.</summary>
    public bool IsAvailable => _document is not null;

    public JsonElement Written => Root("written");

    public JsonElement Transformed => Root("transformed");

    public JsonElement Resource(string name) => Transformed.GetProperty("Resources").GetProperty(name).GetProperty("Properties");

    public async ValueTask InitializeAsync()
    {
        if (await SamTranslator.PythonAsync() is not { } python) return;
        var result = await Tool.RunAsync(python, AppContext.BaseDirectory, "transform.py", Repository.PathOf("template.yaml"));
        Assert.True(result.ExitCode == 0, result.Error);
        _document = JsonDocument.Parse(result.Output);
    }

    public ValueTask DisposeAsync()
    {
        _document?.Dispose();
        return ValueTask.CompletedTask;
    }

    private JsonElement Root(string name)
    {
        Needs.That(_document is not null, Needs.SamTranslator);
        return _document!.RootElement.GetProperty(name);
    }
}
