/* An EnergyPlus that a memory bug has handed to a stranger. A model tells it what to try in lines of the form
   "! attack: NAME ARGUMENTS"; then it ends like a run that went well. Whatever it starts ends by itself within LIFE_SECONDS. */
#ifndef HOSTILE_H
#define HOSTILE_H

#define _GNU_SOURCE
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LIFE_SECONDS = 40, PATH_BYTES = 4096, LINE_BYTES = 65536 };

/* What is told of the run that was taken over. */
struct run {
    char output[PATH_BYTES];
    char model[PATH_BYTES];
    FILE *log; /* eplusout.audit: one line for each attack that an outsider could not see */
};

struct attack {
    const char *name;
    void (*carry_out)(struct run *run, char *arguments);
};

/* Each ends with a name that is NULL. */
extern const struct attack thread_attacks[], network_attacks[], call_attacks[], file_attacks[], folder_attacks[], process_attacks[],
    message_attacks[];

/* "NAME reached" or "NAME refused: REASON", for the test to read. */
void tell(struct run *run, const char *name, bool reached);

/* A path in the results' folder; valid until the next call. */
const char *in_output(struct run *run, const char *name);

/* The next word of the arguments, or "" when there is none. */
char *word(char **arguments);

long number(char **arguments);

#endif
