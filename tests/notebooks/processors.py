"""Compare the notebooks with their saved outputs as the processors of other people compute them.

`make test-kernels` runs this file. OpenBLAS multiplies matrices with other instructions, in
another order, on each kind of processor and for each number of threads; NumPy has several versions
of exp and tanh. Here each that this machine can run is forced in turn.
"""

import argparse
import json
import os
import subprocess
import sys
import time

from execute import english_notebooks

KINDS = ("Haswell", "SkylakeX", "Sandybridge", "Nehalem", "Prescott", "Zen")  # OpenBLAS's names
THREADS = (1, 2)
LESSONS = [str(path) for path in english_notebooks() if path.parent.name == "notebooks"]
VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
PYTEST = "-m pytest -q -p no:cacheprovider --nbval --nbval-current-env --nbval-cell-timeout=300"
PROBE = """
import json, numpy, threadpoolctl
blas = [one for one in threadpoolctl.threadpool_info() if one["user_api"] == "blas"]
simd = numpy.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
print(json.dumps([blas[0].get("architecture"), simd]))
"""


def probe(variables):
    """What NumPy uses under these environment variables: OpenBLAS's kind, its own extensions."""
    command = [sys.executable, "-c", PROBE]
    run = subprocess.run(command, env=os.environ | variables, capture_output=True, check=True)
    return json.loads(run.stdout)


def processors():
    """Yield (name, environment variables) for each processor that this one can stand for."""
    seen = set()
    for kind in KINDS:
        variables = {"OPENBLAS_CORETYPE": kind}
        used, _extensions = probe(variables)
        if used not in seen:
            seen.add(used)
            yield used, variables
        else:
            print(f"{kind}: computed as {used} here")
    _kind, extensions = probe({})
    if extensions:
        yield "NumPy's oldest", {"NPY_DISABLE_CPU_FEATURES": " ".join(extensions)}


def same(variables, options):
    """Run the notebooks; return whether all outputs are the saved ones."""
    command = [sys.executable, *PYTEST.split(), *options]
    return subprocess.run(command, env=os.environ | variables).returncode == 0


def main():
    """Run them all; exit with an error if an output differed anywhere."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("options", nargs="*", default=LESSONS, help="for pytest")
    options, results = parser.parse_args().options, []
    for name, variables in processors():
        for threads in THREADS:
            start = time.monotonic()
            results.append(same(variables | dict.fromkeys(VARIABLES, str(threads)), options))
            word = "the same" if results[-1] else "DIFFERENT"
            seconds = time.monotonic() - start
            print(f"{name}, threads: {threads}: {word}, {seconds:.0f} s", flush=True)
    sys.exit(not all(results))


if __name__ == "__main__":
    main()
