/* Attacks 13 to 15: folders that cannot be read, removed or listed in time. */
#include "hostile.h"
#include <fcntl.h>
#include <sys/stat.h>

/* nest DEPTH: folders in folders, deeper than any path may be long. */
static void nest(struct run *run, char *arguments)
{
    long depth = number(&arguments);
    int start = open(".", O_RDONLY | O_DIRECTORY);
    bool in = chdir(run->output) == 0;
    while (in && depth > 0 && mkdir("n", 0755) == 0 && chdir("n") == 0) depth--;
    tell(run, "nest", in && depth == 0);
    if (start >= 0) (void)!fchdir(start);
}

/* closed-folder NAME: with a file in it, and no right to look for it. */
static void closed_folder(struct run *run, char *arguments)
{
    char folder[2 * PATH_BYTES], file[2 * PATH_BYTES + 8];
    snprintf(folder, sizeof folder, "%s", in_output(run, word(&arguments)));
    snprintf(file, sizeof file, "%s/inside", folder);
    bool made = mkdir(folder, 0755) == 0;
    int inside = made ? open(file, O_WRONLY | O_CREAT, 0644) : -1;
    if (inside >= 0) close(inside);
    tell(run, "closed-folder", made && chmod(folder, 0) == 0);
}

/* close-results: the results' folder itself. */
static void close_results(struct run *run, char *arguments)
{
    (void)arguments;
    tell(run, "close-results", chmod(run->output, 0) == 0);
}

/* many N: small files with the ending of a result. */
static void many(struct run *run, char *arguments)
{
    long wanted = number(&arguments), made = 0;
    char name[64];
    while (made < wanted) {
        snprintf(name, sizeof name, "x%ld.csv", made);
        int file = open(in_output(run, name), O_WRONLY | O_CREAT, 0644);
        if (file < 0) break;
        (void)!write(file, "x", 1);
        close(file);
        made++;
    }
    tell(run, "many", made == wanted);
}

const struct attack folder_attacks[] = {
    {"nest", nest}, {"closed-folder", closed_folder}, {"close-results", close_results}, {"many", many}, {NULL, NULL},
};
