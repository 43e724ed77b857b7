"""The code blocks of lab/SCALING.md, and a process that runs them.

`python snippets.py 0 1` runs the first two Python blocks in the folder where it is started.
Options: `--before CODE` to run first, `--limit MB` of memory that may be taken from then on,
`--replace OLD NEW` in the blocks, `--show` values at the end. The last line of its output is JSON:
these values, and as "peak" the most memory held at a time, in MB. It needs Linux, which tells the
peak and refuses memory reliably.
"""

import argparse
import json
import re
import resource
from pathlib import Path

SCALING = Path(__file__).parents[2] / "lab/SCALING.md"


def blocks(language):
    """Return the code blocks of a language, in order."""
    text = SCALING.read_text(encoding="utf-8")
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```", text)


def memory(name):
    """A line of what Linux knows about this process, in MB."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.search(rf"{name}:\s+(\d+) kB", status).group(1)) / 1000


def refuse_more_than(megabytes):
    """Let this process hold so much data more than now, not counting files that it maps."""
    bound = int((memory("VmData") + megabytes) * 1e6)
    resource.setrlimit(resource.RLIMIT_DATA, (bound, bound))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("numbers", type=int, nargs="*")
    parser.add_argument("--before", default="", help="code to run first")
    parser.add_argument("--limit", type=float)
    parser.add_argument("--replace", nargs=2, action="append", default=[])
    parser.add_argument("--show", nargs="*", default=[])
    arguments = parser.parse_args()
    names = {"__name__": "__main__"}
    exec(arguments.before, names)
    if arguments.limit:
        refuse_more_than(arguments.limit)
    for number in arguments.numbers:
        code = blocks("python")[number]
        for old, new in arguments.replace:
            code = code.replace(old, new)
        exec(compile(code, f"{SCALING.name}, block {number}", "exec"), names)
    shown = {name: eval(name, names) for name in arguments.show}
    print(json.dumps({"peak": memory("VmHWM"), **shown}))


if __name__ == "__main__":
    main()
