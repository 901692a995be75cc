/* The same as a program, which is what runs where no host waits. */
void *stateNew(void);
void stateDelete(void *state);
int energyplus(void *state, int count, const char *arguments[]);

int main(int count, char **arguments)
{
    void *state = stateNew();
    int code = energyplus(state, count, (const char **)arguments);
    stateDelete(state);
    return code;
}
