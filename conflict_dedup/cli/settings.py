"""What an option is when it is not given: by the environment, a file of the working folder, a file of the user's.

A flag wins over the environment, this over ``conflict-dedup.toml`` in the working folder, this over
``$XDG_CONFIG_HOME/conflict-dedup/config.toml``, this over the default. Within one source, what is said of one command
wins over what is said of all. docs/configuration.md is for users.
"""

from __future__ import annotations

import datetime as dt
import difflib
import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # type: ignore[import-not-found,unused-ignore]

FOLDER_FILE = "conflict-dedup.toml"
USER_FILE = Path("conflict-dedup", "config.toml")
PREFIX = "CONFLICT_DEDUP"

NOT_IN_FILES = {"output": "where to write is said at each call, so that no folder's file can overwrite another"}
"""Options that only a flag or the environment may set, with the reason that the error gives."""

_ORIGINS = f"{__name__}.origins"
"""Where a context notes what its defaults were taken from."""

_ALWAYS_GIVEN = frozenset({"help", "version", "config", "no-config"})


@dataclass(frozen=True, slots=True)
class Source:
    """One place that settings come from: ``shared`` for every command that knows the option, ``tables`` for one."""

    name: str
    shared: Mapping[str, object] = field(default_factory=dict)
    tables: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Setting:
    """What one option of one command is when it is not given, and where that was said ("default": nowhere)."""

    command: str
    option: str
    value: object
    origin: str
    variable: str


def option_name(option: click.Option) -> str:
    """The name of an option in files: ``--best`` is ``best``."""
    return max(option.opts, key=len).lstrip("-")


def variable_of(option: str, command: str | None = None) -> str:
    """The environment variable of an option, for one command or for all."""
    words = (PREFIX, command, option) if command else (PREFIX, option)
    return "_".join(words).upper().replace("-", "_")


def settable(command: click.Command) -> dict[str, click.Option]:
    """The options of a command that need not be given at each call, by name."""
    found = {option_name(p): p for p in command.params if isinstance(p, click.Option)}
    return {name: option for name, option in found.items() if name not in _ALWAYS_GIVEN}


def bind(group: click.Group) -> None:
    """Let every command of a group take its settings from the environment and from files."""
    for name, command in group.commands.items():
        known = settable(command)
        for option in known.values():
            option.envvar = variable_of(option_name(option), name)
        if known:
            command.params[:0] = _choosers()
    group.params[:0] = _choosers()


def _choosers() -> list[click.Parameter]:
    # Eager, so that the files are read before another option asks for its value.
    return [
        click.Option(
            ["--config"],
            type=click.Path(dir_okay=False),
            metavar="FILE",
            envvar=variable_of("config"),
            is_eager=True,
            expose_value=False,
            callback=_chosen,
            help=f"Settings (TOML), read instead of ./{FOLDER_FILE} and of the user's own.",
        ),
        click.Option(
            ["--no-config"],
            is_flag=True,
            envvar=variable_of("no-config"),
            is_eager=True,
            expose_value=False,
            callback=_chosen,
            help="Read no file of settings.",
        ),
    ]


def _chosen(context: click.Context, option: click.Parameter, value: object) -> None:
    """Note one of the two; the second to come knows both, and reads."""
    if context.resilient_parsing:  # a shell asks for completions: nothing will run
        return
    given = context.get_parameter_source(option.name or "")
    noted = context.meta.setdefault(f"{__name__}.{len(_lineage(context))}", {})
    noted[option.name] = (value, given is click.core.ParameterSource.COMMANDLINE)
    if len(noted) == 2 and context.parent is not None:
        name = context.info_name or ""
        settled = _settled(context.command, name, sources(context))
        context.meta[_ORIGINS] = {option: origin for option, (_, origin) in settled.items()}
        known = settable(context.command)
        context.default_map = {known[option].name or "": value for option, (value, _) in settled.items()}


def _lineage(context: click.Context) -> list[click.Context]:
    found = [context]
    while found[-1].parent is not None:
        found.append(found[-1].parent)
    return found


def _choice(context: click.Context) -> tuple[str | None, bool]:
    """The file to read alone, and whether to read none; flags before the environment, the command's before ours.

    Raises:
        click.UsageError: both are given.
    """
    noted = [
        context.meta.get(f"{__name__}.{depth}", {}) for depth in range(len(_lineage(context)), 0, -1)
    ]  # the command's first
    for flagged in (True, False):
        for level in noted:
            path, none = (level.get(name, (None, False)) for name in ("config", "no_config"))
            chosen = path[0] if path[1] == flagged else None
            refused = none[0] if none[1] == flagged else False
            if chosen and refused:
                raise click.UsageError("--config and --no-config contradict each other", context)
            if chosen or refused:
                return (str(chosen) if chosen else None), bool(refused)
    return None, False


def sources(context: click.Context) -> list[Source]:
    """Where settings come from, the strongest first, each checked whole.

    Raises:
        click.UsageError: a file cannot be read, names what there is not, or sets what an option does not take.
    """
    group = context.find_root().command
    assert isinstance(group, click.Group)  # noqa: S101 - only `bind` calls for this
    path, none = _choice(context)
    found = [_environment(group)]
    if not none:
        found += [_read(Path(path), group)] if path else [_read(p, group) for p in places() if p.is_file()]
    return found


def places() -> list[Path]:
    """The files that are read when they are there, the strongest first. Folders above are not searched."""
    found = [Path(FOLDER_FILE)]
    base = os.environ.get("XDG_CONFIG_HOME", "")
    if os.path.isabs(base):  # noqa: PTH117 - the specification says to ignore others
        return [*found, Path(base) / USER_FILE]
    try:
        return [*found, Path.home() / ".config" / USER_FILE]
    except RuntimeError:  # a service without a home
        return found


def traced(error: click.BadParameter) -> click.BadParameter:
    """The error with the file or the variable that the refused value is from; as it is when a flag gave it."""
    context = error.ctx
    if context is None:
        return error
    hint = error.param_hint or (error.param.get_error_hint(context) if error.param else "")
    words = hint if isinstance(hint, str) else " ".join(hint)
    for name, option in settable(context.command).items():
        if not re.search(rf"--{name}(?![\w-])", words):
            continue
        given = context.get_parameter_source(option.name or "")
        if given is click.core.ParameterSource.DEFAULT_MAP:
            origin = context.meta[_ORIGINS][name]
        elif given is click.core.ParameterSource.ENVIRONMENT:
            origin = f"environment {option.envvar}"
        else:
            continue
        return click.BadParameter(f"{error.message} (set by {origin})", context, error.param, error.param_hint)
    return error


def _settled(command: click.Command, name: str, layers: list[Source]) -> dict[str, tuple[object, str]]:
    """What the sources say of one command: option -> the value and its origin, that of the strongest source."""
    found: dict[str, tuple[object, str]] = {}
    known = settable(command)
    for layer in reversed(layers):
        for option, value in layer.shared.items():
            if option in known and _refusal(command, known[option], value) is None:
                label = layer.name or f"environment {variable_of(option)}"
                found[option] = (_plain(known[option], value), label)
        for option, value in layer.tables.get(name, {}).items():
            found[option] = (_plain(known[option], value), f"{layer.name} [{name}]")
    return found


def settings(group: click.Group, layers: list[Source], *, only: str | None = None) -> Iterator[Setting]:
    """What every option of every command (or of one) is when it is not given."""
    for name, command in group.commands.items():
        if only not in {None, name}:
            continue
        settled = _settled(command, name, layers)
        with click.Context(command, info_name=name) as context:
            for option, known in settable(command).items():
                variable = variable_of(option, name)
                value, origin = settled.get(option, (_default(known, context), "default"))
                if (said := os.environ.get(variable)) is not None and said != "":
                    value, origin = said, f"environment {variable}"
                yield Setting(name, option, value, origin, variable)


def _default(option: click.Option, context: click.Context) -> object:
    value = option.get_default(context)
    return value if isinstance(value, (str, int, float, list, tuple)) else None  # Click has its own word for "none"


def unknown_variables(group: click.Group) -> list[str]:
    """Variables of the environment that look like ours and name no option."""
    known = {variable_of("config"), variable_of("no-config")}
    for name, command in group.commands.items():
        for option in settable(command):
            known |= {variable_of(option), variable_of(option, name)}
    return sorted(name for name in os.environ if name.startswith(f"{PREFIX}_") and name not in known)


def _environment(group: click.Group) -> Source:
    """The variables for all commands; Click itself looks for those of one.

    Raises:
        click.UsageError: no command takes the value.
    """
    found: dict[str, object] = {}
    for command in group.commands.values():
        for option, known in settable(command).items():
            variable = variable_of(option)
            if said := os.environ.get(variable):
                # as Click splits the variable of one command
                found[option] = list(known.type.split_envvar_value(said)) if known.multiple else said
                _check_shared(group, option, found[option], f"environment variable {variable}")
    return Source(name="", shared=found)


def _read(path: Path, group: click.Group) -> Source:
    """One file, checked.

    Raises:
        click.UsageError: see :func:`sources`.
    """
    name = str(path)
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise _wrong(name, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise _wrong(name, "is not UTF-8, which TOML must be") from None
    except tomllib.TOMLDecodeError as error:
        raise _wrong(name, f"is no TOML: {error}") from None
    shared: dict[str, object] = {}
    tables: dict[str, Mapping[str, object]] = {}
    for key, value in content.items():
        if isinstance(value, dict):
            tables[key] = _checked_table(name, key, value, group)
        else:
            _check_shared(group, key, value, f"{name}: {key}")
            shared[key] = value
    return Source(name=name, shared=shared, tables=tables)


def _checked_table(path: str, name: str, table: Mapping[str, object], group: click.Group) -> Mapping[str, object]:
    command = group.commands.get(name)
    if command is None:
        raise _wrong(f"{path}: [{name}]", "there is no such command", name, list(group.commands))
    known = settable(command)
    for key, value in table.items():
        where = f"{path}: [{name}] {key}"
        _check_allowed(where, key)
        if key not in known:
            raise _wrong(where, f"`{name}` has no such option", key, [n for n in known if n not in NOT_IN_FILES])
        if (refusal := _refusal(command, known[key], value)) is not None:
            raise _wrong(where, refusal)
    return table


def _check_shared(group: click.Group, key: str, value: object, where: str) -> None:
    """A value for all commands must be one that at least one of them takes."""
    if not where.startswith("environment"):
        _check_allowed(where, key)
    takers = [(c, settable(c)[key]) for c in group.commands.values() if key in settable(c)]
    if not takers and key in group.commands:
        raise _wrong(where, f"is a command; its options stand below [{key}]")
    if not takers:
        every = sorted({name for command in group.commands.values() for name in settable(command)} - {*NOT_IN_FILES})
        raise _wrong(where, "no command has such an option", key, every)
    refusals = [_refusal(command, option, value) for command, option in takers]
    if all(refusals):
        raise _wrong(where, str(refusals[0]))


def _check_allowed(where: str, key: str) -> None:
    if key in NOT_IN_FILES:
        raise _wrong(where, f"cannot stand in a file: {NOT_IN_FILES[key]}")
    if key in _ALWAYS_GIVEN:
        raise _wrong(where, "cannot stand in a file")


def _refusal(command: click.Command, option: click.Option, value: object) -> str | None:
    """Why an option does not take a value; None when it does."""
    if isinstance(value, bool) and not option.is_flag:
        return f"{str(value).lower()} is no value of --{option_name(option)}"
    if isinstance(value, dict) or (isinstance(value, list) and not option.multiple):
        return f"--{option_name(option)} takes one value"
    try:
        option.type_cast_value(click.Context(command), _plain(option, value))
    except click.BadParameter as error:
        return error.message.rstrip(".")
    return None


def _plain(option: click.Option, value: object) -> object:
    """A value of TOML as the command line would have it: text for a day, a list where several are taken."""
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if option.multiple and not isinstance(value, list):
        return [value]
    return value


def _wrong(where: str, why: str, key: str = "", names: list[str] | None = None) -> click.UsageError:
    """The error: where, why, and the names that it may have meant."""
    from conflict_dedup.report.plain import one_line  # noqa: PLC0415 - most files are right

    near = difflib.get_close_matches(key, names or [], n=2)
    hint = f" (did you mean {' or '.join(near)}?)" if near else f" (one of {', '.join(names)})" if names else ""
    return click.UsageError(one_line(f"{where}: {why}{hint}"))
