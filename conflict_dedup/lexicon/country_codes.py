"""Countries in the codes and names of other projects' data, from ``country_codes.toml``."""

from __future__ import annotations

import sys
from functools import cache
from importlib import resources

import msgspec

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # the same library before 3.11

_UCDP_REGIONS = ((2, 199, "Americas"), (200, 399, "Europe"), (400, 629, "Africa"), (630, 699, "Middle East"),
                 (700, 999, "Asia"))  # fmt: skip
"""First and last Gleditsch-Ward number of UCDP's regions (UCDP/PRIO Armed Conflict Dataset Codebook, "Region")."""


class CountryCodes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What other projects call a country; None where it is not known."""

    iso: int | None = None
    gw: int | None = None
    since: int | None = None
    ucdp_name: str | None = None
    ucdp_region: str | None = None
    acled: str | None = None
    acled_name: str | None = None

    def gw_in(self, year: int) -> int | None:
        """The Gleditsch-Ward number in a year; None before the country was what it is now."""
        return None if self.since is not None and year < self.since else self.gw

    def region_of_ucdp(self) -> str | None:
        """The region of UCDP GED."""
        if self.gw is None:
            return self.ucdp_region
        return next(name for first, last, name in _UCDP_REGIONS if first <= self.gw <= last)


@cache
def country_codes() -> dict[str, CountryCodes]:
    """ISO 3166-1 alpha-2 -> the codes."""
    text = resources.files(__package__).joinpath("country_codes.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, CountryCodes])
