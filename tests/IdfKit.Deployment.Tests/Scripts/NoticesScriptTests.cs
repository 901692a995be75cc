using System.Text.Json.Nodes;

using TestBed;

namespace IdfKit.Deployment.Tests.Scripts;

/// <summary><c>eng/notices.sh</c>: the bill of materials and the licences that go into the image.</summary>
public sealed class NoticesScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Bill_names_the_packages_of_the_function_and_the_notices_have_their_licences()
    {
        Needs.NotQuick("the package feed");
        var restored = await RunAsync("publish.sh", "--restore", "--jit");
        Assert.True(restored.ExitCode == 0, restored.Error);

        var made = await RunAsync("notices.sh", _folder["out"], "--jit");

        Assert.True(made.ExitCode == 0, made.Error);
        var bill = JsonNode.Parse(await File.ReadAllTextAsync(_folder["out", "sbom.cdx.json"], TestContext.Current.CancellationToken))!;
        Assert.Equal(("CycloneDX", "1.6"), (bill["bomFormat"]!.GetValue<string>(), bill["specVersion"]!.GetValue<string>()));
        Assert.Equal("abc1234", bill["metadata"]!["component"]!["version"]!.GetValue<string>());
        var components = bill["components"]!.AsArray().ToDictionary(
            component => component!["name"]!.GetValue<string>(), component => component!["scope"]!.GetValue<string>());
        foreach (var name in new[] { "AWSSDK.S3", "AWSSDK.Core", "Microsoft.Data.Sqlite", "SQLitePCLRaw.lib.e_sqlite3" })
            Assert.Equal("required", components[name]);
        Assert.Equal("excluded", components["Meziantou.Analyzer"]);

        var notices = await File.ReadAllTextAsync(_folder["out", "THIRD-PARTY-NOTICES.txt"], TestContext.Current.CancellationToken);
        foreach (var (name, _) in components.Where(component => component.Value == "required"))
            Assert.Contains("\n" + name + " ", notices, StringComparison.Ordinal);
        Assert.DoesNotContain("Meziantou", notices, StringComparison.Ordinal);
        Assert.Contains("Apache License", notices, StringComparison.Ordinal);
        Assert.Contains("Permission is hereby granted, free of charge", notices, StringComparison.Ordinal);
        Assert.Contains("Redistribution and use in source and binary forms", notices, StringComparison.Ordinal);

        var licences = notices.Split('\n').Where(line => line.StartsWith("Licence: ", StringComparison.Ordinal)).Select(line => line[9..]);
        Assert.Equal([], licences.Where(licence => !File.Exists(Repository.PathOf("eng", "licences", licence + ".txt"))));
    }

    [Fact]
    public async Task What_is_asked_for_wrongly_is_answered_with_the_usage()
    {
        var result = await RunAsync("notices.sh");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("usage: eng/notices.sh OUT", result.Error, StringComparison.Ordinal);
    }

    private Task<ToolResult> RunAsync(string script, params string[] arguments) =>
        Tool.RunAsync("env", _folder.Path, ["REVISION=abc1234", "bash", Repository.PathOf("eng", script), .. arguments]);
}
