"""What people call the fields that a column may hold."""

from django.utils.translation import gettext_lazy as _

from relationships.imports.columns import END_FIELDS, IGNORED, KEPT, ROW_FIELDS

END_WORDS = {
    "city": _("Name"),
    "region": _("State or province"),
    "country": _("Country"),
    "country_raw": _("Country, where the other column has none"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "point": _("Coordinates in one cell"),
    "population": _("Population"),
    "geonames": _("GeoNames number"),
    "wikidata": _("Wikidata number"),
}
ROW_WORDS = {
    "date": _("Date of the agreement"),
    "year": _("Year of the agreement"),
    "ended": _("When it ended"),
    "kind": _("Kind of tie"),
    "source": _("Source of the row"),
    "source_ref": _("Where it is written (an address)"),
    "said_by": _("Which side says so (a or b)"),
    "note": _("Note"),
}
SIDES = {"a": _("First city"), "b": _("Second city")}


def called(field: str) -> str:
    """ "First city: Name"."""
    if field in ROW_WORDS:
        return str(ROW_WORDS[field])
    name, _line, side = field.rpartition("_")
    return f"{SIDES[side]}: {END_WORDS[name]}"


def choices() -> list:
    """For a column: what it may hold, in groups."""
    sides = [
        (title, [(f"{name}_{side}", called(f"{name}_{side}")) for name in END_FIELDS])
        for side, title in SIDES.items()
    ]
    rest = [(KEPT, _("Kept with the row, means nothing here")), (IGNORED, _("Left out"))]
    return [
        ("", _("Choose what it holds")),
        *sides,
        (_("The tie"), [(name, ROW_WORDS[name]) for name in ROW_FIELDS]),
        (_("Neither"), rest),
    ]
