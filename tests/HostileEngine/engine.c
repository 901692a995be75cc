/* The functions of EnergyPlus's interface that idfkit-engine uses, and the ending of a run that went well. */
#include "hostile.h"
#include <sys/stat.h>

static const struct attack *const all[] = {
    thread_attacks, network_attacks, call_attacks, file_attacks, folder_attacks, process_attacks, message_attacks,
};

void tell(struct run *run, const char *name, bool reached)
{
    int error = errno;
    if (!run->log) return;
    if (reached) fprintf(run->log, "%s reached\n", name);
    else fprintf(run->log, "%s refused: %s\n", name, strerror(error));
    fflush(run->log);
}

const char *in_output(struct run *run, const char *name)
{
    static char path[2 * PATH_BYTES];
    snprintf(path, sizeof path, "%s/%s", run->output, name);
    return path;
}

char *word(char **arguments)
{
    char *found = strsep(arguments, " ");
    return found ? found : "";
}

long number(char **arguments)
{
    return strtol(word(arguments), NULL, 10);
}

static void carry_out(struct run *run, char *line)
{
    char *name = word(&line);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        for (const struct attack *attack = all[i]; attack->name; attack++)
            if (strcmp(attack->name, name) == 0) {
                attack->carry_out(run, line);
                return;
            }
    fprintf(stderr, "The hostile engine has no attack \"%s\".\n", name);
    _exit(99);
}

static void read_model(struct run *run)
{
    static const char mark[] = "! attack: ";
    static char line[LINE_BYTES];
    FILE *model = fopen(run->model, "r");
    if (!model) return;
    while (fgets(line, sizeof line, model)) {
        line[strcspn(line, "\r\n")] = 0;
        if (strncmp(line, mark, sizeof mark - 1) == 0) carry_out(run, line + sizeof mark - 1);
    }
    fclose(model);
}

/* What an attack has put there stays. */
static void leave(struct run *run, const char *name, const char *text)
{
    struct stat there;
    const char *path = in_output(run, name);
    if (lstat(path, &there) == 0) return;
    FILE *file = fopen(path, "w");
    if (!file) return;
    fputs(text, file);
    fclose(file);
}

static void end_well(struct run *run)
{
    static const char ending[] = "EnergyPlus Completed Successfully-- 0 Warning; 0 Severe Errors; Elapsed Time=00hr 00min  0.01sec\n";
    char errors[256];
    snprintf(errors, sizeof errors, "Program Version,hostile\n   ************* %s", ending);
    leave(run, "eplusout.err", errors);
    leave(run, "eplusout.eso", "Program Version,hostile\nEnd of Data Dictionary\nEnd of Data\n");
    leave(run, "eplusout.end", ending);
}

void *stateNew(void)
{
    return calloc(1, sizeof(struct run));
}

void stateDelete(void *state)
{
    struct run *run = state;
    if (run->log) fclose(run->log);
    free(run);
}

void setEnergyPlusRootDirectory(void *state, const char *path)
{
    (void)state;
    (void)path;
}

int energyplus(void *state, int count, const char *arguments[])
{
    struct run *run = state;
    strcpy(run->output, ".");
    for (int i = 1; i < count; i++)
        if (strcmp(arguments[i], "-d") == 0) snprintf(run->output, sizeof run->output, "%s", arguments[++i]);
    snprintf(run->model, sizeof run->model, "%s", arguments[count - 1]);
    run->log = fopen(in_output(run, "eplusout.audit"), "w");
    read_model(run);
    end_well(run);
    puts("EnergyPlus Completed Successfully.");
    fflush(stdout);
    return 0;
}
