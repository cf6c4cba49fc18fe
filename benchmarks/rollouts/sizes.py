"""How large a generated rollout is: the numbers of each size, S to XL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Programme:
    """One project of a rollout: a new system in some modules, department by department."""

    id: str
    name: str
    modules: tuple[tuple[str, str], ...]
    """(id, name) of each module; a department gets one of them."""
    departments: int
    waves: int
    learners: int


@dataclass(frozen=True, slots=True)
class Region:
    """Where a rollout is: its zone, places with zones of their own, and languages."""

    zone: str
    main_language: str
    second_language: str
    places: tuple[str, ...]
    elsewhere: str | None
    """Zone of the last places, which speak the second language first."""
    places_elsewhere: int


@dataclass(frozen=True, slots=True)
class Size:
    """All numbers of a size."""

    name: str
    programmes: tuple[Programme, ...]
    region: Region
    sites: int
    tasks: int
    trainers: int
    superusers: int
    rooms: int
    staff: Mapping[str, int]
    """People by their main skill; `configure` stands for each module's configuration."""

    @property
    def learners(self) -> int:
        """Heads of all departments, superusers among them."""
        return sum(programme.learners for programme in self.programmes)


def _modules(*ids: str) -> tuple[tuple[str, str], ...]:
    return tuple((each, each.replace("-", " ").capitalize()) for each in ids)


_ALPINE = Region("Europe/Vienna", "de", "hu", ("Graz", "Villach", "Steyr", "Hallein"), None, 0)
_BOHEMIA = Region("Europe/Prague", "cs", "sk", ("Olomouc", "Jihlava", "Trutnov", "Beroun"), None, 0)
_VISTULA = Region(
    "Europe/Warsaw",
    "pl",
    "lt",
    ("Radom", "Elblag", "Opole", "Kielce", "Lublin", "Kaunas", "Alytus", "Utena"),
    "Europe/Vilnius",
    3,
)
_CHANNEL = Region(
    "Europe/Paris",
    "fr",
    "en",
    (
        *("Amiens", "Rouen", "Troyes", "Nevers", "Vichy", "Albi", "Laval", "Dreux"),
        *("Reading", "Exeter", "Durham", "Ipswich"),
    ),
    "Europe/London",
    4,
)

SIZES: dict[str, Size] = {
    "S": Size(
        name="S",
        programmes=(Programme("crm", "Customer records", _modules("sales", "service"), 3, 1, 120),),
        region=_ALPINE,
        sites=1,
        tasks=33,
        trainers=4,
        superusers=8,
        rooms=2,
        staff={
            "infrastructure": 1,
            "application": 2,
            "integration": 2,
            "testing": 2,
            "data": 2,
            "process": 1,
            "configure": 1,
        },
    ),
    "M": Size(
        name="M",
        programmes=(
            Programme(
                "lab",
                "Laboratory and ward system",
                _modules("samples", "wards", "results"),
                12,
                3,
                1_200,
            ),
        ),
        region=_BOHEMIA,
        sites=3,
        tasks=140,
        trainers=14,
        superusers=81,
        rooms=8,
        staff={
            "infrastructure": 8,
            "application": 5,
            "integration": 3,
            "testing": 4,
            "data": 5,
            "materials": 2,
            "process": 3,
            "configure": 3,
        },
    ),
    "L": Size(
        name="L",
        programmes=(
            Programme(
                "erp",
                "Enterprise system",
                _modules("finance", "purchasing", "warehouse", "production", "maintenance"),
                60,
                5,
                10_000,
            ),
        ),
        region=_VISTULA,
        sites=8,
        tasks=600,
        trainers=100,
        superusers=670,
        rooms=40,
        staff={
            "infrastructure": 30,
            "application": 18,
            "integration": 10,
            "testing": 20,
            "data": 26,
            "materials": 6,
            "process": 10,
            "configure": 6,
        },
    ),
    "XL": Size(
        name="XL",
        programmes=(
            Programme(
                "erp",
                "Enterprise system",
                _modules("finance", "purchasing", "warehouse", "production"),
                60,
                5,
                10_400,
            ),
            Programme(
                "hr",
                "People and time",
                _modules("payroll", "rostering", "hiring"),
                45,
                5,
                7_800,
            ),
            Programme(
                "doc",
                "Documents and workplace",
                _modules("archive", "mail-room", "records"),
                45,
                5,
                7_800,
            ),
        ),
        region=_CHANNEL,
        sites=12,
        tasks=1_500,
        trainers=260,
        superusers=1_740,
        rooms=90,
        staff={
            "infrastructure": 76,
            "application": 46,
            "integration": 26,
            "testing": 52,
            "data": 66,
            "materials": 16,
            "process": 28,
            "configure": 7,
        },
    ),
}
