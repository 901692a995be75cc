/* System calls that no simulation needs and that have led out of sandboxes before; each in a form that does no harm. */
#include "hostile.h"
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>

static const char *wanted;

static bool is(const char *name)
{
    return strcmp(name, wanted) == 0;
}

static long carry_out(pid_t process, const char *file)
{
    static char buffer[256];
    struct iovec own = {buffer, 1}, other = {(void *)is, 1};
    if (is("kill")) return kill(process, 0);
    if (is("tgkill")) return syscall(SYS_tgkill, process, process, 0);
    if (is("rt_sigqueueinfo")) {
        siginfo_t information = {.si_code = SI_QUEUE};
        return syscall(SYS_rt_sigqueueinfo, process, 0, &information);
    }
    if (is("ptrace")) return ptrace(PTRACE_SEIZE, process, 0, 0);
    if (is("process_vm_readv")) return syscall(SYS_process_vm_readv, getpid(), &own, 1UL, &other, 1UL, 0UL);
    if (is("process_vm_writev")) return syscall(SYS_process_vm_writev, getpid(), &own, 1UL, &own, 1UL, 0UL);
    if (is("pidfd_open")) return syscall(434, getpid(), 0);
    if (is("pidfd_getfd")) return syscall(438, syscall(434, getpid(), 0), 1, 0);
    if (is("io_uring_setup")) {
        static char parameters[256];
        return syscall(425, 1, parameters);
    }
    if (is("userfaultfd")) return syscall(SYS_userfaultfd, 1 | O_CLOEXEC); /* UFFD_USER_MODE_ONLY */
    if (is("bpf")) {
        static union { char bytes[128]; struct { unsigned type, key, value, most; } map; } attribute = {.map = {2, 4, 4, 1}};
        return syscall(SYS_bpf, 0, &attribute, sizeof attribute);
    }
    if (is("perf_event_open")) {
        static char attribute[128] = {1, 0, 0, 0, 112};
        return syscall(SYS_perf_event_open, attribute, 0, -1, -1, 0);
    }
    if (is("add_key")) return syscall(SYS_add_key, "user", "idfkit-test", "x", 1UL, -1); /* of this thread */
    if (is("keyctl")) return syscall(SYS_keyctl, 0, -1, 1); /* this thread's keyring */
    if (is("request_key")) return syscall(SYS_request_key, "keyring", "_ses", 0, 0);
    if (is("unshare")) return unshare(CLONE_NEWUSER);
    if (is("setns")) return setns(open("/proc/self/ns/user", O_RDONLY), 0);
    if (is("mount")) return mount("none", file, "tmpfs", 0, 0);
    if (is("open_tree")) return syscall(428, AT_FDCWD, file, 1);
    if (is("fsopen")) return syscall(430, "tmpfs", 0);
    if (is("chroot")) return chroot(file);
    if (is("pivot_root")) return syscall(SYS_pivot_root, file, file);
    if (is("mknod")) return mknod(file, 0010600, 0);
    if (is("symlink")) return symlink("/etc/passwd", file);
    if (is("link")) return link("/proc/self/exe", file);
    if (is("memfd_create")) return syscall(SYS_memfd_create, "x", 0);
    if (is("memfd_secret")) return syscall(447, 0);
    if (is("shmget")) return syscall(SYS_shmget, 0, 4096UL, 01600);
    if (is("mq_open")) return syscall(SYS_mq_open, "idfkit-test", O_CREAT | O_RDWR, 0600, 0);
    if (is("fanotify_init")) return syscall(SYS_fanotify_init, 0, 0);
    if (is("quotactl")) return syscall(SYS_quotactl, 0x80000100, 0, 0, 0);
    if (is("setuid")) return syscall(SYS_setuid, getuid());
    if (is("seccomp")) return syscall(SYS_seccomp, 2, 0, &(unsigned){0x7fff0000}); /* only asks */
    if (is("clone_process")) {
        long child = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
        if (child == 0) _exit(0);
        return child;
    }
    if (is("own_affinity") || is("affinity")) {
        static unsigned long all[16];
        return sched_getaffinity(0, sizeof all, (void *)all) ? -1 : sched_setaffinity(is("affinity") ? process : 0, sizeof all, (void *)all);
    }
    if (is("clone3")) return syscall(435, "", 1UL);
    if (is("execve")) return execl("/bin/true", "true", (char *)NULL);
    errno = EINVAL;
    return -1;
}

/* call NAME PROCESS FILE */
static void call(struct run *run, char *arguments)
{
    wanted = word(&arguments);
    pid_t process = (pid_t)number(&arguments);
    long answer = carry_out(process, word(&arguments));
    tell(run, wanted, answer >= 0);
}

/* exec PROGRAM FILE: becomes a program that makes a file. */
static void become(struct run *run, char *arguments)
{
    const char *program = word(&arguments), *file = word(&arguments);
    execl(program, program, file, (char *)NULL);
    tell(run, "exec", false);
}

const struct attack call_attacks[] = {{"call", call}, {"exec", become}, {NULL, NULL}};
