"""Processes that take turns. A process is stopped by a signal while it waits, so that nobody disturbs whose turn it is, and is measured from outside, all by the same clocks."""
import ctypes
import os
import re
import select
import signal
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
# These hold OpenBLAS or OpenMP to something other than what they would choose by themselves.
FOREIGN = re.compile("OPENBLAS_|OMP_|MKL_|GOMP_|KMP_|XLA_|MALLOC_|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS")


def clean_environment():
    """Without what would hold libraries to something other than they choose."""
    return {k: v for k, v in os.environ.items() if not FOREIGN.match(k)}


class Lost(Exception):
    """A process ended before it answered."""


def _born(cores):
    """In the new process: its cores, and that it is killed when `compare` dies, since a process that is stopped would stay for ever."""
    os.sched_setaffinity(0, cores)
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class Worker:
    def __init__(self, command, cores, environment, log):
        self.log = log
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open(log, "w"), text=True, cwd=HERE,
            env={**clean_environment(), **environment}, preexec_fn=lambda: _born(cores))
        self.clock = (~self.process.pid << 3) | 2  # the processor time of that process, as clock_getcpuclockid has it

    def ask(self, line, patience=None):
        """The answer, and wall and processor time in seconds. @raise Lost if the process ends, or takes longer than `patience` seconds, which ends it."""
        self.process.send_signal(signal.SIGCONT)
        wall, cpu = time.perf_counter(), time.clock_gettime(self.clock)
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass
        if patience and not select.select([self.process.stdout], [], [], patience)[0]:
            self.process.kill()
            raise Lost(f"took more than {patience:.0f} s for its first steps")
        answer = self.process.stdout.readline()
        wall = time.perf_counter() - wall
        if not answer:
            with open(self.log) as file:
                raise Lost(" ".join(file.read().split())[-400:])
        cpu = time.clock_gettime(self.clock) - cpu
        self.process.send_signal(signal.SIGSTOP)
        return answer[1:].strip(), wall, cpu

    def forget_peak(self):
        with open(f"/proc/{self.process.pid}/clear_refs", "w") as file:
            file.write("5")

    def peak(self):
        """The most resident memory since it was forgotten, in bytes."""
        with open(f"/proc/{self.process.pid}/status") as file:
            return 1024 * int(re.search(r"VmHWM:\s*(\d+)", file.read()).group(1))

    def close(self):
        self.process.send_signal(signal.SIGCONT)
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()


def cores(threads):
    available = os.sched_getaffinity(0)
    return {max(available)} if threads == "one" else available


def class_path():
    given = os.environ.get("DEUTERO_BENCH_CLASSPATH")
    if given:
        return given
    target = os.path.join(ROOT, "bench", "target")
    if not os.path.isdir(os.path.join(target, "lib")):
        sys.exit("bench/target/lib does not exist; build with: mvn -pl bench -am -DskipTests package")
    return os.path.join(target, "classes") + ":" + os.path.join(target, "lib", "*")


def java(main, where, log, options="", more=None):
    """A Java process with the options and the environment that the launcher `deutero` gives one."""
    home = os.environ.get("JAVA_HOME")
    command = [os.path.join(home, "bin", "java") if home else "java", "-Xmx2g", "-XX:+UseSerialGC",
               "-Dorg.bytedeco.javacpp.maxBytes=0", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
               *options.split(), *os.environ.get("DEUTERO_JAVA_OPTS", "").split(), "-cp", class_path(), main]
    environment = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive", "OPENBLAS_VERBOSE": "2",
                   "MALLOC_MMAP_THRESHOLD_": "33554432", "MALLOC_TRIM_THRESHOLD_": "1073741824", "MALLOC_TOP_PAD_": "16777216"}
    return Worker(command, where, {**environment, **(more or {})}, log)


def ours(where, log, options="", more=None):
    return java("org.deutero.bench.peers.Peer", where, log, options, more)


def peer(script, where, log):
    """A Python process with the environment that it has by itself; on one core it is told so, lest threads wait for each other."""
    environment = {"OMP_NUM_THREADS": "1"} if len(where) == 1 else {}
    return Worker([sys.executable, os.path.join(HERE, script[0]), *script[1:]], where, environment, log)
