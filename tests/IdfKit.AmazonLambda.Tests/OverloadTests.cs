using Amazon.Lambda.Core;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IdfKit.AmazonLambda.Tests;

/// <summary>What the compiler makes of calls to the stand-ins: the same as of calls to Amazon's packages.</summary>
public sealed class OverloadTests
{
    [Theory]
    // Each as the compiler answers it with packages made from Amazon's source.
    [InlineData("LambdaBootstrapBuilder.Create((Stream _) => throw e)", "CS0121")]
    [InlineData("LambdaBootstrapBuilder.Create((Stream _, ILambdaContext _) => throw e)", "CS0121")]
    [InlineData("LambdaBootstrapBuilder.Create(() => throw e)", "CS0121")]
    [InlineData("LambdaBootstrapBuilder.Create(_ => Task.CompletedTask)", "CS0121")]
    [InlineData("LambdaBootstrapBuilder.Create((_, _) => Task.CompletedTask)", "")]
    [InlineData("HandlerWrapper.GetHandlerWrapper((Stream _) => throw e)", "CS0121")]
    [InlineData("LambdaBootstrapBuilder.Create(handler)", "")]
    [InlineData("LambdaBootstrapBuilder.Create((Stream input) => Task.FromResult(input))", "")]
    [InlineData("LambdaBootstrapBuilder.Create((Stream input) => Task.FromResult<Stream>(new MemoryStream()))", "")]
    [InlineData("LambdaBootstrapBuilder.Create(Method)", "")]
    public void Call_is_answered_by_the_compiler_as_with_the_published_packages(string call, string error) =>
        Assert.Equal(error, string.Join(' ', Errors(call).Distinct()));

    private static IEnumerable<string> Errors(string call)
    {
        var source = $$"""
            using System;
            using System.IO;
            using System.Threading.Tasks;
            using Amazon.Lambda.Core;
            using Amazon.Lambda.RuntimeSupport;

            static class Function
            {
                static object Start(Exception e, Func<Stream, ILambdaContext, Task<Stream>> handler) => {{call}};
                static Task<Stream> Method(Stream input, ILambdaContext context) => Task.FromResult(input);
            }
            """;
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal));
        var references = platform.Append(typeof(ILambdaContext).Assembly.Location).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("Function", [CSharpSyntaxTree.ParseText(source)], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        return compilation.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.Id);
    }
}
