/* Attacks 6 to 9, 11 to 13 and 18: what is found among the results, and how much of it. */
#include "hostile.h"
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

static void make_folders(const char *path)
{
    char copy[2 * PATH_BYTES];
    snprintf(copy, sizeof copy, "%s", path);
    for (char *at = strchr(copy + 1, '/'); at; at = strchr(at + 1, '/')) {
        *at = 0;
        mkdir(copy, 0755);
        *at = '/';
    }
}

/* write NAME TEXT */
static void write_text(struct run *run, char *arguments)
{
    const char *path = in_output(run, word(&arguments));
    make_folders(path);
    FILE *file = fopen(path, "w");
    tell(run, "write", file != NULL);
    if (!file) return;
    fputs(arguments ? arguments : "", file);
    fclose(file);
}

/* append-outside FILE: a path anywhere. */
static void append_outside(struct run *run, char *arguments)
{
    int file = open(word(&arguments), O_WRONLY | O_APPEND);
    tell(run, "append-outside", file >= 0 && write(file, "reached", 7) == 7);
    if (file >= 0) close(file);
}

/* read-outside FILE NAME: copies a file from anywhere to the results. */
static void read_outside(struct run *run, char *arguments)
{
    char bytes[4096];
    int from = open(word(&arguments), O_RDONLY);
    long count = from < 0 ? -1 : read(from, bytes, sizeof bytes);
    tell(run, "read-outside", count > 0);
    if (from >= 0) close(from);
    int to = count > 0 ? open(in_output(run, word(&arguments)), O_WRONLY | O_CREAT, 0644) : -1;
    if (to < 0) return;
    (void)!write(to, bytes, (size_t)count);
    close(to);
}

/* link NAME TARGET */
static void symbolic_link(struct run *run, char *arguments)
{
    const char *path = in_output(run, word(&arguments));
    unlink(path);
    tell(run, "link", symlink(word(&arguments), path) == 0);
}

/* hard-link NAME OTHER: two names of one file, both among the results. */
static void hard_link(struct run *run, char *arguments)
{
    char path[2 * PATH_BYTES];
    snprintf(path, sizeof path, "%s", in_output(run, word(&arguments)));
    tell(run, "hard-link", link(in_output(run, word(&arguments)), path) == 0);
}

/* fifo NAME */
static void fifo(struct run *run, char *arguments)
{
    tell(run, "fifo", mkfifo(in_output(run, word(&arguments)), 0644) == 0);
}

/* socket-file NAME */
static void socket_file(struct run *run, char *arguments)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    bool made = chdir(run->output) == 0;
    snprintf(address.sun_path, sizeof address.sun_path, "%s", word(&arguments));
    int listener = made ? socket(AF_UNIX, SOCK_STREAM, 0) : -1;
    tell(run, "socket-file", listener >= 0 && bind(listener, (struct sockaddr *)&address, sizeof address) == 0);
}

/* odd-name: a file whose name is not UTF-8. */
static void odd_name(struct run *run, char *arguments)
{
    (void)arguments;
    int file = open(in_output(run, "eplusout.\xff\xfe"), O_WRONLY | O_CREAT, 0644);
    tell(run, "odd-name", file >= 0);
    if (file >= 0) close(file);
}

/* fill NAME MEGABYTES: real bytes, so that a disk fills up. */
static void fill(struct run *run, char *arguments)
{
    static char megabyte[1 << 20];
    memset(megabyte, 'x', sizeof megabyte);
    int file = open(in_output(run, word(&arguments)), O_WRONLY | O_CREAT, 0644);
    long wanted = number(&arguments), written = 0;
    while (file >= 0 && written < wanted && write(file, megabyte, sizeof megabyte) == (long)sizeof megabyte) written++;
    tell(run, "fill", file >= 0 && written == wanted);
    if (file >= 0) close(file);
}

/* long-hole NAME GIGABYTES: a size without bytes. */
static void long_hole(struct run *run, char *arguments)
{
    int file = open(in_output(run, word(&arguments)), O_WRONLY | O_CREAT, 0644);
    tell(run, "long-hole", file >= 0 && ftruncate(file, number(&arguments) << 30) == 0);
    if (file >= 0) close(file);
}

/* descriptors N: how many files can be open at once. */
static void descriptors(struct run *run, char *arguments)
{
    long wanted = number(&arguments), made = 0;
    while (made < wanted && open("/dev/null", O_RDONLY) >= 0) made++;
    tell(run, "descriptors", made == wanted);
}

const struct attack file_attacks[] = {
    {"write", write_text}, {"append-outside", append_outside}, {"read-outside", read_outside}, {"link", symbolic_link},
    {"hard-link", hard_link}, {"fifo", fifo}, {"socket-file", socket_file}, {"odd-name", odd_name}, {"fill", fill},
    {"long-hole", long_hole}, {"descriptors", descriptors}, {NULL, NULL},
};
