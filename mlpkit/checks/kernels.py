"""How the report and the course's tests start kernels: with this Python, on ports of their own."""

import itertools
import random
import socket

from ipykernel.kernelspec import RESOURCES, get_kernel_dict
from jupyter_client.connect import LocalPortCache
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from traitlets import default

# A port from 32768 on may be given to any program that asks for some port, on Linux; elsewhere
# from 49152 on.
RESERVED = range(20_000, 32_768)


class ThisPython(KernelSpecManager):
    """Start kernels with the Python that runs this, whatever kernels the machine has besides."""

    def get_kernel_spec(self, kernel_name):
        how = get_kernel_dict(["--log-level=ERROR"])  # no word of each kernel's ports
        return KernelSpec(resource_dir=RESOURCES, **how)


class Ports(LocalPortCache):
    """Free ports that no system gives to a program unasked.

    A kernel is told its ports a second before it takes them. A port that jupyter_client got from
    the system may be another program's by then, and the kernel ends before its first cell.
    From the first call of Ports.instance() on, all kernels of the process get theirs from here.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        # Not the generator that learners seed: two processes must not go the same way.
        self.order = itertools.cycle(random.SystemRandom().sample(RESERVED, len(RESERVED)))

    def find_available_port(self, ip):
        for port in itertools.islice(self.order, len(RESERVED)):
            if is_free(ip, port):
                return port
        raise OSError(f"{ip}: expected a free port from 20000 to 32767, all are taken")


def is_free(ip, port):
    """Whether no program has taken this port."""
    with socket.socket() as probe:
        try:
            probe.bind((ip, port))
        except OSError:
            return False
    return True


class Manager(AsyncKernelManager):
    """Manage a kernel of the Python that runs this."""

    @default("kernel_spec_manager")
    def _this_python(self):
        return ThisPython(parent=self)

    @default("cache_ports")
    def _own_ports(self):
        Ports.instance()
        return True
