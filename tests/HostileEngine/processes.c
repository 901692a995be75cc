/* Attacks 10 and 17: processes that go on after the run, or are too many, or hold too much. */
#include "hostile.h"
#include <fcntl.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>

static void say_alive(const char *folder, const char *who)
{
    char name[PATH_BYTES + 32];
    snprintf(name, sizeof name, "%s/%s", folder, who);
    int file = open(name, O_WRONLY | O_CREAT | O_APPEND, 0644);
    if (file < 0) return;
    (void)!write(file, ".", 1);
    close(file);
}

/* Leaves the session and the parent, as daemons do. True in the process that has left. */
static bool leave_session(const char *folder)
{
    pid_t child = fork();
    if (child != 0) {
        if (child > 0) waitpid(child, NULL, 0);
        return false;
    }
    if (folder) say_alive(folder, "first"); /* what has left may be killed before it says anything */
    setsid();
    if (fork() != 0) _exit(0);
    alarm(LIFE_SECONDS);
    for (int descriptor = 0; descriptor < 3; descriptor++) close(descriptor);
    return true;
}

/* Each says in a file of its own that it lives, as long as it does. */
static void live(const char *folder)
{
    char who[16];
    snprintf(who, sizeof who, "%d", (int)getpid());
    for (;;) {
        say_alive(folder, who);
        usleep(20000);
    }
}

static const char *alive(struct run *run)
{
    const char *folder = in_output(run, "alive");
    mkdir(folder, 0755);
    return folder;
}

/* daemons N: each leaves its session, and starts another daemon when it has lived a while. */
static void daemons(struct run *run, char *arguments)
{
    const char *folder = alive(run);
    for (long wanted = number(&arguments); wanted > 0; wanted--)
        if (leave_session(folder)) live(folder);
    usleep(300000);
    tell(run, "daemons", true);
}

/* traced N: daemons that have whoever adopts them trace them, who would have to let each of their signals through. */
static void traced(struct run *run, char *arguments)
{
    const char *folder = alive(run);
    for (long wanted = number(&arguments); wanted > 0; wanted--)
        if (leave_session(folder)) {
            usleep(5000); /* the parent has ended by then */
            ptrace(PTRACE_TRACEME, 0, 0, 0);
            live(folder);
        }
    usleep(300000);
    tell(run, "traced", true);
}

/* chain: a daemon that never has the same number for long: it forks, and the parent ends. */
static void chain(struct run *run, char *arguments)
{
    (void)arguments;
    const char *folder = alive(run);
    if (leave_session(folder)) {
        for (int links = 0; links < LIFE_SECONDS * 500; links++) {
            say_alive(folder, "chain");
            usleep(2000);
            if (fork() != 0) _exit(0);
            setsid();
            alarm(LIFE_SECONDS);
        }
        _exit(0);
    }
    usleep(200000);
    tell(run, "chain", true);
}

/* swap NAME TARGET: a daemon that makes a result a link and a file by turns, as fast as it can. */
static void swap(struct run *run, char *arguments)
{
    char path[2 * PATH_BYTES], other[2 * PATH_BYTES + 8], target[PATH_BYTES];
    snprintf(path, sizeof path, "%s", in_output(run, word(&arguments)));
    snprintf(other, sizeof other, "%s.new", path);
    snprintf(target, sizeof target, "%s", word(&arguments));
    for (int copies = 0; copies < 3; copies++)
        if (leave_session(NULL))
            for (;;) {
                if (symlink(target, other) == 0) rename(other, path);
                int file = open(other, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0644);
                if (file >= 0) {
                    (void)!write(file, "harmless", 8);
                    close(file);
                }
                rename(other, path);
            }
    usleep(200000);
    tell(run, "swap", true);
}

/* forks N SECONDS: that many at once, in the run's own session. */
static void forks(struct run *run, char *arguments)
{
    long wanted = number(&arguments), made = 0;
    unsigned seconds = (unsigned)number(&arguments);
    for (; made < wanted; made++) {
        pid_t child = fork();
        if (child < 0) break;
        if (child > 0) continue;
        alarm(LIFE_SECONDS);
        sleep(seconds);
        _exit(0);
    }
    tell(run, "forks", made == wanted);
    sleep(seconds);
}

static char *volatile held; /* else the compiler sees that nobody reads it */

static void hold(long megabytes)
{
    held = malloc((size_t)megabytes << 20);
    if (held) memset(held, 1, (size_t)megabytes << 20);
}

/* memory PROCESSES MEGABYTES SECONDS: each holds that much at the same time. */
static void memory(struct run *run, char *arguments)
{
    long processes = number(&arguments), megabytes = number(&arguments), made = 0;
    unsigned seconds = (unsigned)number(&arguments);
    for (; made < processes; made++) {
        pid_t child = fork();
        if (child < 0) break;
        if (child > 0) continue;
        alarm(LIFE_SECONDS);
        hold(megabytes);
        sleep(seconds);
        _exit(0);
    }
    sleep(seconds);
    tell(run, "memory", made == processes);
}

/* hang SECONDS */
static void hang(struct run *run, char *arguments)
{
    (void)run;
    sleep((unsigned)number(&arguments));
}

const struct attack process_attacks[] = {
    {"daemons", daemons}, {"chain", chain}, {"traced", traced}, {"swap", swap}, {"forks", forks}, {"memory", memory}, {"hang", hang},
    {NULL, NULL},
};
