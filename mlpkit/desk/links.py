"""Links in the copies: to another copy they stay, to anything else they lead to the original."""

import json
import posixpath
import re
from pathlib import Path

LINK = re.compile(r"""(\]\(|\b(?:src|href)=["'])([^)"'\s#?]+)""")


def moved(text, name, copied, root, place):
    """The Markdown text of the file `name`, for its copy in the folder `place` of `root`.

    `copied` are the names of all files that are copied; names are seen from `root`.
    """
    folder = posixpath.dirname(name)

    def led(match):
        target = posixpath.normpath(posixpath.join(folder, match[2]))
        if target in copied or not Path(root, target).exists():
            return match[0]
        return match[1] + posixpath.relpath(target, posixpath.join(place, folder))

    return LINK.sub(led, text)


def moved_notebook(text, *where):
    """The same for the text of a notebook: links stand in its Markdown cells."""
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            source = "".join(cell["source"])
            cell["source"] = moved(source, *where).splitlines(keepends=True)
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
