"""Walls around the calling process: memory, files, sockets. Imported by zygotes, so it needs the standard library alone.

The filter is a classic BPF program for seccomp(2) mode 2; it needs no privilege once ``no_new_privs`` is set.
Linux on x86-64 and AArch64; elsewhere ``confine`` sets the limits and says that there is no filter.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import resource
import signal
import struct

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 1, 38, 22, 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _KILL_PROCESS = 0x7FFF0000, 0x80000000
_DENY = 0x00050000 | errno.EPERM
_X32 = 0x40000000

# System call numbers: Linux, arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h.
_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_NETWORK = {
    "x86_64": (41, 42, 43, 49, 50, 53, 288),  # socket connect accept bind listen socketpair accept4
    "aarch64": (198, 199, 200, 201, 202, 203, 242),
}
_PROCESSES = {
    "x86_64": (57, 58, 59, 101, 310, 311, 322, 425),  # fork vfork execve ptrace process_vm_* execveat io_uring_setup
    "aarch64": (117, 221, 270, 271, 281, 425),
}
_FILES = {
    "x86_64": (2, 82, 83, 84, 85, 86, 87, 88, 257, 264, 316, 437),  # open rename mkdir rmdir creat link unlink … openat2
    "aarch64": (34, 35, 36, 37, 38, 56, 276, 437),
}


def confine(*, memory: int, file_size: int | None, files: bool, deadly: bool, nice: int = 0) -> bool:
    """Take away from this process, for good, what evaluating something foreign does not need.

    ``memory`` is in bytes above what is in use now, ``file_size`` bounds what may be written (None: no bound), ``files``
    says whether files may still be opened, ``deadly`` whether a try at the network ends the process (so that nothing can take
    the refusal for an empty answer) or is refused with EPERM. Returns whether a system call filter is in place.
    """
    if nice:
        os.nice(nice)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _limit(resource.RLIMIT_DATA, _data_in_use() + memory)
    if file_size is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        _limit(resource.RLIMIT_FSIZE, file_size)
    return _filter(files=files, deadly=deadly)


def die_with_parent(parent: int) -> None:
    """Have the kernel end this process when its parent ends, and end it now if that has happened already (Linux only)."""
    if platform.system() == "Linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(0)


def _limit(kind: int, amount: int) -> None:
    hard = resource.getrlimit(kind)[1]
    bound = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
    resource.setrlimit(kind, (bound, bound))


def _data_in_use() -> int:
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as lines:
            return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData:")), 0)
    except OSError:
        return 0


def _filter(*, files: bool, deadly: bool) -> bool:
    machine = platform.machine()
    if platform.system() != "Linux" or machine not in _AUDIT:
        return False
    refused = dict.fromkeys(_PROCESSES[machine] + (() if files else _FILES[machine]), _DENY)
    refused |= dict.fromkeys(_NETWORK[machine], _KILL_PROCESS if deadly else _DENY)
    program = _program(_AUDIT[machine], refused)
    buffer = ctypes.create_string_buffer(program, len(program))
    filters = struct.pack("H6xP", len(program) // 8, ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "no_new_privs was refused")
    if libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.create_string_buffer(filters), 0, 0):
        raise OSError(ctypes.get_errno(), "the system call filter was refused")
    return True


def _program(audit: int, refused: dict[int, int]) -> bytes:
    """Load the architecture and the call number; refuse what is listed in its way; allow the rest."""

    def step(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
        return struct.pack("HBBI", code, yes, no, value)

    steps = [step(_LOAD, 4), step(_EQUAL, audit, 1, 0), step(_RETURN, _KILL_PROCESS), step(_LOAD, 0)]
    steps += [step(_AT_LEAST, _X32, 0, 1), step(_RETURN, _DENY)]
    for number, verdict in refused.items():
        steps += [step(_EQUAL, number, 0, 1), step(_RETURN, verdict)]
    return b"".join([*steps, step(_RETURN, _ALLOW)])
