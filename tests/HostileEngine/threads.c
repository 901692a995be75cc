/* Attack 1: a signal handler of ours, run on another thread of the process, which may be one that was never confined. */
#include "hostile.h"
#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>

static char victim[PATH_BYTES];
static struct sockaddr_in listener;
static pid_t process;
static volatile sig_atomic_t handled;

static void act(int signal)
{
    (void)signal;
    int file = open(victim, O_WRONLY | O_APPEND);
    if (file >= 0) {
        (void)!write(file, "reached", 7);
        close(file);
    }
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    if (connection >= 0) {
        (void)!connect(connection, (struct sockaddr *)&listener, sizeof listener);
        close(connection);
    }
    if (process > 0) kill(process, SIGKILL);
    handled = 1;
}

/* other-thread FILE PORT PROCESS: appends to FILE, connects to PORT of this machine, kills PROCESS. */
static void other_thread(struct run *run, char *arguments)
{
    enum { NUMBERS_TRIED = 100, MOST_MILLISECONDS = 1500 };
    snprintf(victim, sizeof victim, "%s", word(&arguments));
    listener.sin_family = AF_INET;
    listener.sin_port = htons((unsigned short)number(&arguments));
    listener.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    process = (pid_t)number(&arguments);

    struct sigaction action = {.sa_handler = act, .sa_flags = SA_RESTART};
    sigaction(SIGUSR2, &action, NULL);
    /* /proc may be closed: the numbers of threads follow the process's own. */
    pid_t self = getpid(), thread = (pid_t)syscall(SYS_gettid);
    for (pid_t other = self; other < self + NUMBERS_TRIED; other++)
        if (other != thread) syscall(SYS_tgkill, self, other, SIGUSR2);
    for (int i = 0; i < MOST_MILLISECONDS && !handled; i++) usleep(1000);
    tell(run, "other-thread", handled);
}

const struct attack thread_attacks[] = {{"other-thread", other_thread}, {NULL, NULL}};
