using System.Collections;

using IdfKit.Cli.Open;
using IdfKit.Cli.Places;

using TestBed;

namespace IdfKit.Cli.Tests;

/// <summary>What runs models while the page is open, when it ends before the page is closed.</summary>
public sealed class LocalServiceTests
{
    private static readonly string Function = Path.Combine(AppContext.BaseDirectory, "ScriptedFunction");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Models_that_are_no_longer_run_are_said_in_the_terminal_once_and_on_the_page()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["inputs"]);
        await File.WriteAllTextAsync(folder["inputs", "a.idf"], "completed", Token); // what the function is to make of it
        await using var opened = new OpenedPlace(PlaceAddress.Open(folder.Path));
        var said = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var times = 0;
        await using var service = new LocalService(opened)
        {
            // It ends when the model that is there has run, as it would when its disk failed.
            Options = root => new() { Folder = root, Bootstrap = Function, UntilIdle = true },
            Say = sentence =>
            {
                Interlocked.Increment(ref times);
                said.TrySetResult(sentence);
            },
        };
        service.Begin();
        await service.StartedAsync(Token);
        Assert.Null(service.Refusal);
        Assert.StartsWith($"Models in {folder.Path} are no longer run here: ", await said.Task.WaitAsync(Token), StringComparison.Ordinal);
        Assert.Equal(await said.Task, service.Refusal);
        Assert.True(service.HasServed);
        await service.DisposeAsync();
        Assert.Equal(1, times);
    }

    [Fact]
    public async Task What_is_ended_by_the_user_is_no_news()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["inputs"]);
        await using var opened = new OpenedPlace(PlaceAddress.Open(folder.Path));
        var said = new List<string>();
        await using var service = new LocalService(opened)
        {
            Options = root => new() { Folder = root, Bootstrap = Function }, Say = said.Add,
        };
        service.Begin();
        await service.StartedAsync(Token);
        await service.DisposeAsync();
        Assert.Empty(said);
        Assert.Null(service.Refusal);
    }

    public static TheoryData<Exception> Failures =>
    [
        new OperationCanceledException("A request took longer than 100 s."), new HttpRequestException("The name is not known."),
        new InvalidOperationException("First line.\n   at Some.Method()\nLast line."), new FileLoadException("A part cannot be loaded."),
    ];

    [Theory, MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Why_it_cannot_begin_is_said_whatever_it_is(Exception failure)
    {
        using var folder = new TemporaryFolder();
        await using var opened = new OpenedPlace(PlaceAddress.Open(folder.Path));
        await using var service = new LocalService(opened)
        {
            Options = root => new() { Folder = root, Bootstrap = Function, Drop = new FailingList(failure) }, Say = Assert.Fail,
        };
        service.Begin();
        var refused = await Assert.ThrowsAsync<CommandException>(() => service.StartedAsync(Token));
        Assert.StartsWith($"Models in {folder.Path} are not run here: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(failure.Message.Split('.')[0], refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.DoesNotContain("   at ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(refused.Message, service.Refusal);
        Assert.False(service.HasServed);
    }

    /// <summary>What is dropped at the start, read at an unlucky moment.</summary>
    private sealed class FailingList(Exception failure) : IReadOnlyList<string>
    {
        public int Count => 1;

        public string this[int index] => throw failure;

        public IEnumerator<string> GetEnumerator() => throw failure;

        IEnumerator IEnumerable.GetEnumerator() => throw failure;
    }
}
