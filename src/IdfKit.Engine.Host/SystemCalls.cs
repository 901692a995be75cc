using System.Globalization;
using System.Runtime.InteropServices;

namespace IdfKit.Engine.Host;

/// <summary>
/// The kernel's system calls, each as its name, its number on x64 and on arm64 ("-": it has none there), from Linux 6.18
/// (arch/x86/entry/syscalls/syscall_64.tbl and scripts/syscall.tbl). eng/learn-system-calls.sh tells which of them
/// EnergyPlus makes; <see cref="Granted"/> has those and others that reach nothing outside of the process's own files.
/// </summary>
internal static class SystemCalls
{
    /// <summary>Numbers from here on are of newer kernels.</summary>
    public const uint FirstUnknown = 470;

    /// <summary>May be made.</summary>
    public const string Granted = """
        read 0 63, write 1 64, readv 19 65, writev 20 66, pread64 17 67, pwrite64 18 68,
        preadv 295 69, pwritev 296 70, preadv2 327 286, pwritev2 328 287, lseek 8 62, open 2 -,
        openat 257 56, close 3 57, creat 85 -, close_range 436 436, stat 4 -, fstat 5 80, lstat 6 -,
        newfstatat 262 79, statx 332 291, access 21 -, faccessat 269 48, faccessat2 439 439,
        statfs 137 43, fstatfs 138 44, readlink 89 -, readlinkat 267 78, getdents 78 -,
        getdents64 217 61, getcwd 79 17, chdir 80 49, fchdir 81 50, rename 82 -, renameat 264 38,
        renameat2 316 276, unlink 87 -, unlinkat 263 35, mkdir 83 -, mkdirat 258 34, rmdir 84 -,
        truncate 76 45, ftruncate 77 46, fallocate 285 47, fadvise64 221 223, fsync 74 82,
        fdatasync 75 83, sync_file_range 277 84, flock 73 32, umask 95 166, dup 32 23, dup2 33 -,
        dup3 292 24, pipe 22 -, pipe2 293 59, sendfile 40 71, copy_file_range 326 285,
        readahead 187 213, brk 12 214, mmap 9 222, munmap 11 215, mprotect 10 226, mremap 25 216,
        madvise 28 233, mincore 27 232, msync 26 227, mlock 149 228, munlock 150 229, mlock2 325 284,
        membarrier 324 283, get_mempolicy 239 236, futex 202 98, set_robust_list 273 99,
        set_tid_address 218 96, rseq 334 293, exit 60 93, exit_group 231 94, sched_yield 24 124,
        sched_getaffinity 204 123, sched_getparam 143 121, sched_getscheduler 145 120,
        sched_get_priority_max 146 125, sched_get_priority_min 147 126, getcpu 309 168,
        restart_syscall 219 128, arch_prctl 158 -, rt_sigprocmask 14 135, rt_sigreturn 15 139,
        rt_sigpending 127 136, rt_sigsuspend 130 133, rt_sigtimedwait 128 137, sigaltstack 131 132,
        pause 34 -, alarm 37 -, getpid 39 172, gettid 186 178, getppid 110 173, getuid 102 174,
        geteuid 107 175, getgid 104 176, getegid 108 177, getresuid 118 148, getresgid 120 150,
        getgroups 115 158, getpgid 121 155, getpgrp 111 -, getsid 124 156, getpriority 140 141,
        getrlimit 97 163, getrusage 98 165, times 100 153, time 201 -, gettimeofday 96 169,
        clock_gettime 228 113, clock_getres 229 114, clock_nanosleep 230 115, nanosleep 35 101,
        uname 63 160, sysinfo 99 179, getrandom 318 278, capget 125 90, poll 7 -, ppoll 271 73,
        select 23 -, pselect6 270 72, epoll_create 213 -, epoll_create1 291 20, epoll_ctl 233 21,
        epoll_wait 232 -, epoll_pwait 281 22, epoll_pwait2 441 441, eventfd 284 -, eventfd2 290 19,
        wait4 61 260, waitid 247 95, landlock_create_ruleset 444 444, landlock_add_rule 445 445,
        landlock_restrict_self 446 446
        """;

    /// <summary>May be made with some arguments (<see cref="SystemCallFilter"/>).</summary>
    public const string Judged = """
        clone 56 220, execve 59 221, rt_sigaction 13 134, fcntl 72 25, ioctl 16 29, kill 62 129,
        personality 135 92, prctl 157 167, prlimit64 302 261, sched_setaffinity 203 122, tgkill 234 131
        """;

    /// <summary>Answered as by a kernel that does not have them: the C library then does without.</summary>
    public const string Absent = """
        clone3 435 435, openat2 437 437, futex_waitv 449 449, futex_wake 454 454, futex_wait 455 455,
        futex_requeue 456 456, cachestat 451 451, fchmodat2 452 452, map_shadow_stack 453 453,
        mseal 462 462, set_mempolicy_home_node 450 450, process_madvise 440 440, pkey_alloc 330 289,
        pkey_free 331 290, pkey_mprotect 329 288, getxattr 191 8, lgetxattr 192 9, fgetxattr 193 10,
        listxattr 194 11, llistxattr 195 12, flistxattr 196 13, getxattrat 464 464,
        listxattrat 465 465, lsm_get_self_attr 459 459, lsm_list_modules 461 461, statmount 457 457,
        listmount 458 458, file_getattr 468 468
        """;

    /// <summary>Answered as to somebody who may not: the C library and others ask by the way and go on.</summary>
    public const string Denied = """
        chmod 90 -, fchmod 91 52, fchmodat 268 53, chown 92 -, fchown 93 55, lchown 94 -,
        fchownat 260 54, utime 132 -, utimes 235 -, utimensat 280 88, futimesat 261 -, mbind 237 235,
        set_mempolicy 238 237, sched_setparam 142 118,
        sched_setscheduler 144 119, sched_setattr 314 274, sched_getattr 315 275,
        setpriority 141 140, ioprio_get 252 31, ioprio_set 251 30, setrlimit 160 164,
        mlockall 151 230, munlockall 152 231, capset 126 91
        """;

    /// <summary>End the process.</summary>
    public const string Refused = """
        shmget 29 194, shmat 30 196, shmctl 31 195, getitimer 36 102, setitimer 38 103,
        socket 41 198, connect 42 203, accept 43 202, sendto 44 206, recvfrom 45 207, sendmsg 46 211,
        recvmsg 47 212, shutdown 48 210, bind 49 200, listen 50 201, getsockname 51 204,
        getpeername 52 205, socketpair 53 199, setsockopt 54 208, getsockopt 55 209, fork 57 -,
        vfork 58 -, semget 64 190, semop 65 193, semctl 66 191, shmdt 67 197, msgget 68 186,
        msgsnd 69 189, msgrcv 70 188, msgctl 71 187, link 86 -, symlink 88 -, ptrace 101 117,
        syslog 103 116, setuid 105 146, setgid 106 144, setpgid 109 154, setsid 112 157,
        setreuid 113 145, setregid 114 143, setgroups 116 159, setresuid 117 147, setresgid 119 149,
        setfsuid 122 151, setfsgid 123 152, rt_sigqueueinfo 129 138, mknod 133 -, ustat 136 -,
        sysfs 139 -, sched_rr_get_interval 148 127, vhangup 153 58, modify_ldt 154 -,
        pivot_root 155 41, adjtimex 159 171, chroot 161 51, sync 162 81, acct 163 89,
        settimeofday 164 170, mount 165 40, umount2 166 39, swapon 167 224, swapoff 168 225,
        reboot 169 142, sethostname 170 161, setdomainname 171 162, iopl 172 -, ioperm 173 -,
        init_module 175 105, delete_module 176 106, quotactl 179 60, setxattr 188 5, lsetxattr 189 6,
        fsetxattr 190 7, removexattr 197 14, lremovexattr 198 15, fremovexattr 199 16, tkill 200 130,
        io_setup 206 0, io_destroy 207 1, io_getevents 208 4, io_submit 209 2, io_cancel 210 3,
        remap_file_pages 216 234, semtimedop 220 192, timer_create 222 107, timer_settime 223 110,
        timer_gettime 224 108, timer_getoverrun 225 109, timer_delete 226 111, clock_settime 227 112,
        mq_open 240 180, mq_unlink 241 181, mq_timedsend 242 182, mq_timedreceive 243 183,
        mq_notify 244 184, mq_getsetattr 245 185, kexec_load 246 104, add_key 248 217,
        request_key 249 218, keyctl 250 219, inotify_init 253 -, inotify_add_watch 254 27,
        inotify_rm_watch 255 28, migrate_pages 256 238, mknodat 259 33, linkat 265 37,
        symlinkat 266 36, unshare 272 97, get_robust_list 274 100, splice 275 76, tee 276 77,
        vmsplice 278 75, move_pages 279 239, signalfd 282 -, timerfd_create 283 85,
        timerfd_settime 286 86, timerfd_gettime 287 87, accept4 288 242, signalfd4 289 74,
        inotify_init1 294 26, rt_tgsigqueueinfo 297 240, perf_event_open 298 241, recvmmsg 299 243,
        fanotify_init 300 262, fanotify_mark 301 263, name_to_handle_at 303 264,
        open_by_handle_at 304 265, clock_adjtime 305 266, syncfs 306 267, sendmmsg 307 269,
        setns 308 268, process_vm_readv 310 270, process_vm_writev 311 271, kcmp 312 272,
        finit_module 313 273, seccomp 317 277, memfd_create 319 279, kexec_file_load 320 294,
        bpf 321 280, execveat 322 281, userfaultfd 323 282, io_pgetevents 333 292,
        pidfd_send_signal 424 424, io_uring_setup 425 425, io_uring_enter 426 426,
        io_uring_register 427 427, open_tree 428 428, move_mount 429 429, fsopen 430 430,
        fsconfig 431 431, fsmount 432 432, fspick 433 433, pidfd_open 434 434, pidfd_getfd 438 438,
        mount_setattr 442 442, quotactl_fd 443 443, memfd_secret 447 447, process_mrelease 448 448,
        lsm_set_self_attr 460 460, setxattrat 463 463, removexattrat 466 466, open_tree_attr 467 467,
        file_setattr 469 469
        """;

    /// <summary>The calls of a table that this machine's processor has.</summary>
    public static IEnumerable<(string Name, uint Number)> In(string table)
    {
        var column = IsArm ? 2 : 1;
        foreach (var entry in table.Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = entry.Split(' ');
            if (fields[column] != "-") yield return (fields[0], uint.Parse(fields[column], CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The number of one call.</summary>
    public static uint NumberOf(string name) => All().First(call => call.Name == name).Number;

    /// <summary>All calls of this machine's processor.</summary>
    public static IEnumerable<(string Name, uint Number)> All() => new[] { Granted, Judged, Absent, Denied, Refused }.SelectMany(In);

    private static bool IsArm => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
}
