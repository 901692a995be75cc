using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace IdfKit.Engine.Tests.TakenOver;

/// <summary>Listens on this machine in each way that a run may try to speak, and says whether anybody came.</summary>
internal sealed class Listeners : IDisposable
{
    private readonly Socket _tcp = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Socket _unix = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _path;

    public Listeners(string path)
    {
        const int FastOpen = 23; // TCP_FASTOPEN: how many may wait whose first packet carried bytes
        _path = path;
        _tcp.SetRawSocketOption((int)SocketOptionLevel.Tcp, FastOpen, BitConverter.GetBytes(8));
        _tcp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _tcp.Listen();
        _udp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _unix.Bind(new UnixDomainSocketEndPoint(path));
        _unix.Listen();
    }

    public string TcpPort => PortOf(_tcp);

    public bool Heard => new[] { _tcp, _udp, _unix }.Any(socket => socket.Poll(TimeSpan.FromMilliseconds(50), SelectMode.SelectRead));

    /// <summary>An attack of <c>tests/HostileEngine/network.c</c> with where it is to go.</summary>
    public string Attack(string way) => way switch
    {
        "unix" => "unix " + _path,
        "udp" => "udp " + PortOf(_udp),
        _ => way + " " + PortOf(_tcp),
    };

    public void Dispose()
    {
        _tcp.Dispose();
        _udp.Dispose();
        _unix.Dispose();
    }

    private static string PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);
}
