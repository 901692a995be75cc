using System.Net;
using System.Net.Sockets;

namespace TestBed;

/// <summary>Ports for servers that cannot choose one by themselves.</summary>
public static class Ports
{
    /// <summary>
    /// The first of so many in a row that nobody listens on. The kernel gives none of these to whoever asks for any port, for a server or
    /// for a connection, so that they are still free a moment later.
    /// </summary>
    public static int Free(int inARow = 1)
    {
        for (var tries = 0; tries < 1000; tries++)
        {
            var port = Random.Shared.Next(15_000, 31_000);
            if (Enumerable.Range(port, inARow).All(IsFree)) return port;
        }
        throw new InvalidOperationException("No free ports between 15000 and 31000.");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
