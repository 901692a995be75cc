using System.Net.Sockets;

using IdfKit.Cli.Places;
using IdfKit.LocalCloud.Hosting;

namespace IdfKit.Cli.Open;

/// <summary><c>idfkit open</c> from beginning to end.</summary>
internal sealed class OpenSession(OpenOptions options)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (options.Serves && !PlaceAddress.IsFolder(options.Place))
            throw new AddressException(CliSentences.NoFolderToServe(options.Place));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var opened = new OpenedPlace(
            PlaceAddress.Open(options.Place, options.Serves ? Make : null, CliSentences.NothingToOpen));
        await using var service = new LocalService(opened);
        var (door, feed) = (new Door(), new RunFeed(opened, service, TimeProvider.System));
        await using var drops = new DropBox(opened);
        using var retries = new Retries(opened, feed);
        var routes = new Routes(door, opened, feed, service, drops, retries, over.Token);
        try
        {
            await using var server = await LoopbackServer.StartAsync(options.Port, routes.AnswerAsync, cancellationToken, hasDoor: true);
            door.Listen(server.Port);
            if (options.Serves) service.Begin();
            Console.Out.WriteLine(CliSentences.PageIsAt(options.Place, door.Address));
            if (options.OpensBrowser) SystemBrowser.Show(door.Address, drops.Folder);
            var serving = options.Serves ? ServeAsync(service, cancellationToken) : Task.CompletedTask;
            await Task.WhenAll(feed.LookAsync(cancellationToken), serving);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await service.DisposeAsync();
            Console.Out.WriteLine(CliSentences.PageIsClosed(options.Place, service.HasServed));
        }
        catch (IOException e) when (e.GetBaseException() is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
        {
            throw new CommandException(CliSentences.PortIsTaken(options.Port));
        }
        catch (SocketException e)
        {
            throw new CommandException(CliSentences.PortIsRefused(options.Port, e.Message));
        }
        return ExitCode.Success;
    }

    /// <summary>Where it cannot be, the page is of use all the same, and says it, too.</summary>
    private static async Task ServeAsync(LocalService service, CancellationToken cancellationToken)
    {
        try { await service.StartedAsync(cancellationToken); }
        catch (CommandException refused) { CommandGuard.Say(OpenCommand.Name, refused.Message); }
    }

    private static void Make(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(CliSentences.CannotMakeFolder(folder, wrong.Message));
        }
    }
}
