"""Files are opened, written and removed, and processes started, in a few modules only: what they refuse, nobody does.

The source is walked. Whoever needs a file of a vault reads it through `core/safe_read.py`, and writes it through
`core/atomic_write.py` or `core/transaction.py`; git runs in `core/git_process.py`. What else is allowed stands here,
with its reason.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "notelint"

ALLOWED = {
    "core/safe_path.py": "opens folders and files without following a link",
    "core/safe_read.py": "reads",
    "core/atomic_write.py": "writes",
    "core/write_named.py": "writes what the user named",
    "core/transaction.py": "locks the vault's folder",
    "core/scratch_folder.py": "lays earlier commits out in a temporary folder",
    "core/git_process.py": "runs git",
    "core/git_wait.py": "waits for it",
    "core/names_below.py": "lists names, and follows no link",
    "core/user_folders.py": "makes the user's own folders",
    "core/worker_pool.py": "a file without a name for the results of forked processes",
    "core/spool.py": "a file without a name for what takes too much memory",
    "core/spawned_pool.py": "starts processes where none can be forked",
    "edits/journal.py": "writes the journal in the user's state folder",
    "edits/journal_runs.py": "reads it",
    "engine/cache.py": "reads and writes the cache in the user's cache folder",
    "engine/kept_lines.py": "reads lines of a report in the user's cache folder",
    "engine/replaced_file.py": "writes files in the user's cache folder",
    "engine/cache_folder.py": "removes it",
    "history/trend_counts.py": "reads and writes counts in the user's cache folder",
    "engine/spawned_judge.py": "hands what is known over to new processes, in a temporary folder",
    "engine/cache_key.py": "reads the code that is installed",
    "checkers/registry.py": "reads the checkers' own pages, which are installed",
    "cli/terminal.py": "asks how wide the terminal is",
    "residue/hints.py": "reads patterns, which are installed",
    "garden/heading_ids.py": "reads a table, which is installed",
    "garden/permalinks.py": "reads a table, which is installed",
    "residue/knowledge.py": "reads patterns, which are installed",
    "residue/learned.py": "reads weights, which are installed",
    "importer/normalise/code.py": "reads a list of languages, which is installed",
    "importer/facts/wording.py": "reads words, which are installed",
    "importer/controls.py": "reads words, which are installed",
    "importer/steps.py": "reads words, which are installed",
    "importer/vote.py": "reads the weights of the vote, which are installed",
    "importer/walls.py": "reads patterns, which are installed",
    "report/html/page.py": "reads the pieces of the page, which are installed",
    "report/merge.py": "reads the report's schema, which is installed",
}
OPENING = {"open", "fdopen", "read_text", "read_bytes"}
WRITING = {
    "write_text",
    "write_bytes",
    "unlink",
    "rmdir",
    "mkdir",
    "makedirs",
    "rename",
    "renames",
    "removedirs",
    "symlink_to",
    "hardlink_to",
    "symlink",
    "link",
    "truncate",
    "touch",
    "chmod",
    "rmtree",
    "copyfile",
    "copytree",
    "copy2",
    "mkstemp",
    "mkdtemp",
    "TemporaryFile",
    "NamedTemporaryFile",
    "TemporaryDirectory",
}
STARTING = {"system", "popen", "Popen", "fork", "forkpty", "posix_spawn", "startfile", "execv", "execve", "spawnv"}
OF_OS = {"remove", "replace", "open", "listdir", "scandir"}  # `os.walk` tells names only, and follows no link
MODULES = {
    "subprocess",
    "shutil",
    "tempfile",
    "multiprocessing",
    "sqlite3",
    "mmap",
    "urllib.request",
    "http.client",
    "socket",
}


def doings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Uses of files and processes by a module: line and name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES and node.names[0].name != "url2pathname":
            yield node.lineno, str(node.module)
        elif isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Name) and function.id == "open":
                yield node.lineno, "open"
            elif isinstance(function, ast.Attribute):
                of = function.value.id if isinstance(function.value, ast.Name) else ""
                if of == "os" and function.attr in OF_OS | OPENING | WRITING | STARTING:
                    yield node.lineno, f"os.{function.attr}"
                elif function.attr in OPENING | WRITING | STARTING and of not in ("os", "Workspace", "rename_heading"):
                    yield node.lineno, function.attr


def test_only_these_modules_touch_files_and_processes() -> None:
    found = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        name = file.relative_to(PACKAGE).as_posix()
        done = [f"{name}:{line} {what}" for line, what in doings(ast.parse(file.read_text("utf-8")))]
        if done:
            found[name] = done
    others = [place for name, done in found.items() if name not in ALLOWED for place in done]
    assert others == [], "read, write and run through the modules named here"
    assert sorted(set(ALLOWED) - set(found)) == [], "these need no permission any more"


def test_the_walk_sees_what_it_looks_for() -> None:
    source = (
        "import subprocess\nfrom shutil import rmtree\nopen('x')\nPath('x').read_text()\nos.replace('a', 'b')\n"
        "Path('x').unlink()\ntext.replace('a', 'b')\nWorkspace.open(x)\nos.fork()\n"
    )
    assert [line for line, _ in sorted(doings(ast.parse(source)))] == [1, 2, 3, 4, 5, 6, 9]
