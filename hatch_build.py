"""Compiles extraction to C when a wheel is built with ``CONFLICT_DEDUP_COMPILE=1``; without it, wheels are pure Python.

``python hatch_build.py`` says whether it can be compiled here (exit code 0), or why not (1).
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface as Interface
except ImportError:  # run as a script
    Interface = object  # type: ignore[assignment, misc]

SWITCH = "CONFLICT_DEDUP_COMPILE"
FOLDERS = ("conflict_dedup/extract",)
"""All modules of these are compiled, but for ``__init__``: the package must be found without the compiled ones."""
LIBRARY = "conflict_dedup"
"""The extension modules are shells around one library, called ``conflict_dedup__mypyc``."""
NEEDED = ("mypy[mypyc]>=2.4", "types-python-dateutil")


def wanted() -> bool:
    """Whether the environment asks for the compiled program."""
    return os.environ.get(SWITCH, "") not in ("", "0")


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
    found = [path for folder in FOLDERS for path in (root / folder).glob("*.py") if path.stem != "__init__"]
    return sorted(path.relative_to(root).as_posix() for path in found)


def compiled(root: Path, folder: Path) -> dict[str, str]:
    """Compiles the modules into a folder: by each file made, where in the wheel it belongs."""
    from mypyc.build import mypycify  # noqa: PLC0415 - needed here alone
    from setuptools import Distribution  # type: ignore[import-untyped]  # noqa: PLC0415

    before = Path.cwd()
    os.chdir(root)
    try:
        extensions = mypycify(modules(root), group_name=LIBRARY, target_dir=str(folder / "c"), debug_level="0")
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
        return [*self.metadata.core.dependencies, *NEEDED] if wanted() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compiles, where that is wanted."""
        if not wanted() or version == "editable":
            return
        reason = obstacle()
        if reason is not None:
            self.app.abort(f"{SWITCH} is set, but {reason}; without {SWITCH} the program is installed as pure Python")
        self.folder = tempfile.TemporaryDirectory(prefix="conflict-dedup-")
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        build_data["force_include"].update(compiled(Path(self.root), Path(self.folder.name)))

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Removes what compiling left behind."""
        if hasattr(self, "folder"):
            self.folder.cleanup()


if __name__ == "__main__":
    why_not = obstacle()
    sys.stdout.write(f"not compiled: {why_not}\n" if why_not else "can be compiled\n")
    sys.exit(why_not is not None)
