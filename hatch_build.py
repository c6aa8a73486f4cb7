"""Compiles extraction and matching, and the words that they read, to C where there is a compiler; else wheels are pure.

``CONFLICT_DEDUP_COMPILE=0`` builds a pure one anywhere; with ``=1`` it is an error where it cannot be compiled.
``python hatch_build.py`` says whether it can be compiled here (exit code 0), or why not (1).
"""

from __future__ import annotations

import ast
import os
import shlex
import shutil
import sys
import sysconfig
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface as Interface
except ImportError:  # run as a script
    Interface = object  # type: ignore[assignment, misc]

SWITCH = "CONFLICT_DEDUP_COMPILE"
COMPILED = (
    "conflict_dedup/extract/*.py",
    "conflict_dedup/match/*.py",
    "conflict_dedup/lexicon/conflicts.py",
    "conflict_dedup/lexicon/entries.py",
    "conflict_dedup/lexicon/language.py",
)
"""What is compiled, but for each ``__init__``: the package must be found without the compiled ones.

Of the lexicon, what extraction reads for each word and place. Where msgspec decodes, modules must stay what they are:
compiled structs do not know the types of their fields.
"""
LIBRARY = "conflict_dedup"
"""The extension modules are shells around one library, called ``conflict_dedup__mypyc``."""
NEEDED = ("mypy[mypyc]>=2.4", "types-python-dateutil")
CHECKING = ("--config-file=", "--ignore-missing-imports", "--follow-imports=silent")
"""Options of mypy: what lies around the folder is none of its business, nor extras that are not installed."""


def asked() -> bool | None:
    """Whether the environment asks for the compiled program, or for a pure one; None where it leaves that open."""
    value = os.environ.get(SWITCH, "")
    return value != "0" if value else None


def obstacle() -> str | None:
    """Why nothing can be compiled here, None if nothing stands in the way."""
    header = Path(sysconfig.get_path("include"), "Python.h")
    if not header.exists():
        return f"the headers of Python are missing ({header}): install them (python3-dev, python3-devel)"
    if sys.platform == "win32":  # setuptools finds Visual C++ by itself, or names what is missing
        return None
    command = os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc"
    compiler = shlex.split(command)[0]
    if shutil.which(compiler) is None:
        return f"there is no C compiler ({compiler}): install one, or name yours in CC"
    return None


def modules(root: Path) -> list[str]:
    """What is compiled, relative to the root."""
    found = [path for pattern in COMPILED for path in root.glob(pattern) if path.stem != "__init__"]
    return sorted(path.relative_to(root).as_posix() for path in found)


def written_out(source: str) -> str:
    """A module whose structs are plain classes with an ``__init__``: those mypyc lays out in C.

    As structs they would be read by name, at eight times the cost; in Python it is the plain classes that are slower.
    Every line stays where it is, for tracebacks. Structs that do more than hold values stay what they are.
    """
    lines = source.splitlines()
    tree = ast.parse(source)
    for node in tree.body:
        if not isinstance(node, ast.ClassDef) or [ast.unparse(base) for base in node.bases] != ["msgspec.Struct"]:
            continue
        options = {word.arg: ast.unparse(word.value) for word in node.keywords}
        fields = [item for item in node.body if isinstance(item, ast.AnnAssign)]
        special = [item for item in node.body if isinstance(item, ast.FunctionDef) and item.name.startswith("__")]
        if options.keys() - {"frozen", "gc"} or special or not all(map(is_simple, fields)):
            continue
        final = ": Final" if options.get("frozen") == "True" else ""
        taken = ", ".join(map(ast.unparse, fields))
        names = [ast.unparse(field.target) for field in fields]
        for field in fields:
            lines[field.lineno - 1 : field.end_lineno] = [""] * ((field.end_lineno or field.lineno) - field.lineno + 1)
        kept = "; ".join(f"self.{name}{final} = {name}" for name in names)
        lines[fields[0].lineno - 1] = f"    def __init__(self, {taken}) -> None: {kept}"
        lines[node.lineno - 1] = f"class {node.name}:"
        if options.get("gc") == "False":
            lines[node.lineno - 2] = "@mypyc_attr(acyclic=True)"  # two blank lines stand before a class
    for node in tree.body:
        if isinstance(node, ast.Import) and node.names[0].name == "msgspec":
            lines[node.lineno - 1] += "; from typing import TYPE_CHECKING, Final"
            lines[lines.index("", node.lineno)] = "if TYPE_CHECKING: from mypy_extensions import mypyc_attr"
    return "\n".join(lines) + "\n"


FUTURE = "from __future__ import annotations"


def with_finals(source: str) -> str:
    """A module whose constants (module-level names in capitals that are bound once) are declared to be ``Final``.

    mypyc writes final numbers and strings into the code and keeps the others in C; any other name of a module it
    looks up in a dictionary each time. Every line stays where it is.
    """
    tree = ast.parse(source)
    if FUTURE not in source.splitlines():
        return source
    stored = Counter(n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
    lines = source.splitlines()
    for node in tree.body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target: ast.expr = node.targets[0]
        elif isinstance(node, ast.AnnAssign):
            target = node.target
        else:
            continue
        value = node.value
        names = [name.id for name in ast.walk(target) if isinstance(name, ast.Name)]
        if value is None or ast.unparse(value).startswith("TypeVar("):
            continue
        if not all(name.isupper() and stored[name] == 1 for name in names):
            continue
        if isinstance(target, ast.Tuple):
            if isinstance(value, ast.Tuple) and node.lineno == node.end_lineno:
                pairs = zip(names, map(ast.unparse, value.elts), strict=True)
                lines[node.lineno - 1] = "; ".join(f"{name}: Final = {bound}" for name, bound in pairs)
            continue
        line = lines[node.lineno - 1]
        if isinstance(node, ast.Assign):
            lines[node.lineno - 1] = line.replace(names[0], f"{names[0]}: Final", 1)
        elif node.annotation.end_lineno == node.lineno:
            start, end = node.annotation.col_offset, node.annotation.end_col_offset
            lines[node.lineno - 1] = f"{line[:start]}Final[{line[start:end]}]{line[end:]}"
    lines[lines.index(FUTURE)] += "; from typing import Final"
    return "\n".join(lines) + "\n"


def is_simple(field: ast.AnnAssign) -> bool:
    """Whether a field has no default, or one that all values can share."""
    value = field.value
    return (
        value is None or isinstance(value, (ast.Constant, ast.UnaryOp)) or ast.unparse(value) in ("()", "frozenset()")
    )


def compiled(root: Path, folder: Path) -> dict[str, str]:
    """Compiles the modules into a folder: by each file made, where in the wheel it belongs."""
    from mypyc.build import mypycify  # noqa: PLC0415 - needed here alone
    from setuptools import Distribution  # type: ignore[import-untyped]  # noqa: PLC0415

    sources = folder / "sources"
    shutil.copytree(root / "conflict_dedup", sources / "conflict_dedup")
    for path in modules(root):
        written = written_out((root / path).read_text(encoding="utf-8"))
        (sources / path).write_text(written, encoding="utf-8")
    for part in sources.rglob("*.py"):
        part.write_text(with_finals(part.read_text(encoding="utf-8")), encoding="utf-8")
    before = Path.cwd()
    os.chdir(sources)
    try:
        # Most time passes in Python's own functions: -O3 takes 73 seconds to compile, -O1 51, for the same speed.
        extensions = mypycify(
            [*CHECKING, *modules(root)],
            group_name=LIBRARY,
            target_dir=str(folder / "c"),
            opt_level="1",
            debug_level="0",
        )
        build = Distribution({"name": LIBRARY, "ext_modules": extensions}).get_command_obj("build_ext")
        build.build_lib, build.build_temp = str(folder / "lib"), str(folder / "temp")
        build.ensure_finalized()
        build.run()
    finally:
        os.chdir(before)
    made = [path for path in (folder / "lib").rglob("*") if path.is_file()]
    return {str(path): path.relative_to(folder / "lib").as_posix() for path in made}


class CompileHook(Interface):  # type: ignore[type-arg]
    """Puts the compiled modules beside their sources in the wheel.

    Not in editable installs: what is edited there would go on as it was compiled.
    """

    def dependencies(self) -> list[str]:
        """What compiling needs, and what the compiled modules import, for its types."""
        if asked() or (asked() is None and obstacle() is None):
            return [*self.metadata.core.dependencies, *NEEDED]
        return []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compiles, where that is possible and not refused; that it failed is an error only where it was asked for."""
        if asked() is False or version == "editable":
            return
        reason = obstacle()
        files: dict[str, str] = {}
        if reason is None:
            self.folder = tempfile.TemporaryDirectory(prefix="conflict-dedup-")
            try:
                files = compiled(Path(self.root), Path(self.folder.name))
            except (Exception, SystemExit) as failure:  # mypyc exits, compilers raise what they like
                reason = f"compiling failed ({failure or type(failure).__name__})"
        if reason is None:
            build_data["pure_python"] = False
            build_data["infer_tag"] = True
            build_data["force_include"].update(files)
        elif asked():
            self.app.abort(f"{SWITCH} is set, but {reason}; with {SWITCH}=0 the program is installed as pure Python")
        else:
            self.app.display_warning(f"the program stays pure Python: {reason}")

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Removes what compiling left behind."""
        if hasattr(self, "folder"):
            self.folder.cleanup()


if __name__ == "__main__":
    why_not = f"{SWITCH}=0" if asked() is False else obstacle()
    if why_not:
        sys.stdout.write(f"extraction and matching are not compiled: {why_not}\n")
    else:
        sys.stdout.write(f"extraction and matching are compiled to C, which takes a minute or two ({SWITCH}=0: not)\n")
    sys.exit(why_not is not None)
