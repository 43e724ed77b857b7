"""Kernels start on ports that no other program is given."""

import socket

import pytest
from jupyter_client.connect import LocalPortCache

from mlpkit.checks.kernels import RESERVED, Manager, Ports


def test_all_kernels_of_a_process_get_free_ports_that_the_system_does_not_give_out():
    find = LocalPortCache.instance().find_available_port  # where every kernel manager asks
    ports = [find("127.0.0.1") for _ in range(50)]
    assert len(set(ports)) == 50 and set(ports) <= set(RESERVED)
    assert Manager().cache_ports


def test_a_port_that_is_taken_is_passed_over():
    find = LocalPortCache.instance().find_available_port
    with socket.socket() as other:
        taken = find("127.0.0.1")
        other.bind(("127.0.0.1", taken))
        all_round = {find("127.0.0.1") for _ in RESERVED}
        assert taken not in all_round and len(all_round) > len(RESERVED) / 2
        assert find("127.0.0.1") in all_round  # it begins again, it does not come to an end


def test_where_no_port_is_free_it_says_so():
    with pytest.raises(OSError, match=r"^192\.0\.2\.1: expected a free port from 20000 to 32767"):
        Ports().find_available_port("192.0.2.1")  # nobody's address: RFC 5737
