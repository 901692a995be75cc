/* Attack 16: more to say than a record has room for. */
#include "hostile.h"

/* severe N: messages of which no two are of one kind. */
static void severe(struct run *run, char *arguments)
{
    FILE *errors = fopen(in_output(run, "eplusout.err"), "w");
    long wanted = number(&arguments);
    tell(run, "severe", errors != NULL);
    if (!errors) return;
    fputs("Program Version,hostile\n", errors);
    for (long i = 0; i < wanted; i++) {
        char kind[32];
        size_t at = 0;
        for (long rest = i; at < 8; rest /= 26) kind[at++] = (char)('a' + rest % 26);
        kind[at] = 0;
        fprintf(errors, "   ** Severe  ** the %s of \"zone %ld\" is wrong\n", kind, i);
    }
    fprintf(errors, "   ************* EnergyPlus Completed Successfully-- 0 Warning; %ld Severe Errors\n", wanted);
    fclose(errors);
}

/* print MEGABYTES: to standard output and error, in one line. */
static void print(struct run *run, char *arguments)
{
    static char block[1 << 16];
    memset(block, 'x', sizeof block);
    for (long blocks = number(&arguments) * 8; blocks > 0; blocks--) {
        fwrite(block, 1, sizeof block, stdout);
        fwrite(block, 1, sizeof block, stderr);
    }
    tell(run, "print", true);
}

const struct attack message_attacks[] = {{"severe", severe}, {"print", print}, {NULL, NULL}};
