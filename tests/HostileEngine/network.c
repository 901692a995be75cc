/* Attacks 2 to 4: ways into the network beside connect(2) on a plain TCP socket. This machine's own addresses only. */
#include "hostile.h"
#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#ifndef IPPROTO_MPTCP
#define IPPROTO_MPTCP 262
#endif
#ifndef AF_VSOCK
#define AF_VSOCK 40
#endif

static struct sockaddr_in loopback(long port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/* Sends a word to what it has connected to, and gives it time to arrive. */
static bool speak(int connection)
{
    bool sent = connection >= 0 && send(connection, "reached", 7, MSG_NOSIGNAL) == 7;
    if (connection >= 0) close(connection);
    return sent;
}

static void connect_with(struct run *run, const char *name, int protocol, long port)
{
    struct sockaddr_in address = loopback(port);
    int connection = socket(AF_INET, SOCK_STREAM, protocol);
    bool open = connection >= 0 && connect(connection, (struct sockaddr *)&address, sizeof address) == 0;
    tell(run, name, open && speak(connection));
}

/* tcp PORT */
static void tcp(struct run *run, char *arguments)
{
    connect_with(run, "tcp", 0, number(&arguments));
}

/* mptcp PORT */
static void mptcp(struct run *run, char *arguments)
{
    connect_with(run, "mptcp", IPPROTO_MPTCP, number(&arguments));
}

/* fast-open PORT */
static void fast_open(struct run *run, char *arguments)
{
    struct sockaddr_in address = loopback(number(&arguments));
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    bool sent = connection >= 0
        && sendto(connection, "reached", 7, MSG_FASTOPEN | MSG_NOSIGNAL, (struct sockaddr *)&address, sizeof address) == 7;
    tell(run, "fast-open", sent);
    usleep(200000);
    if (connection >= 0) close(connection);
}

/* udp PORT */
static void udp(struct run *run, char *arguments)
{
    struct sockaddr_in address = loopback(number(&arguments));
    int socket_ = socket(AF_INET, SOCK_DGRAM, 0);
    bool sent = socket_ >= 0 && sendto(socket_, "reached", 7, 0, (struct sockaddr *)&address, sizeof address) == 7;
    tell(run, "udp", sent);
}

/* unix PATH */
static void unix_path(struct run *run, char *arguments)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", word(&arguments));
    int connection = socket(AF_UNIX, SOCK_STREAM, 0);
    bool open = connection >= 0 && connect(connection, (struct sockaddr *)&address, sizeof address) == 0;
    tell(run, "unix", open && speak(connection));
}

/* socket FAMILY TYPE PROTOCOL: only makes one, which is all that a filter can look at. */
static void any(struct run *run, char *arguments)
{
    long family = number(&arguments), type = number(&arguments), protocol = number(&arguments);
    int made = socket((int)family, (int)type, (int)protocol);
    tell(run, "socket", made >= 0);
    if (made >= 0) close(made);
}

/* socket-pair: a pair reaches nobody but itself, yet no run of EnergyPlus makes one. */
static void pair(struct run *run, char *arguments)
{
    (void)arguments;
    int ends[2];
    tell(run, "socket-pair", socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
}

const struct attack network_attacks[] = {
    {"tcp", tcp}, {"mptcp", mptcp}, {"fast-open", fast_open}, {"udp", udp}, {"unix", unix_path}, {"socket", any}, {"socket-pair", pair},
    {NULL, NULL},
};
