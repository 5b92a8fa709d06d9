"""Regions and free addresses for cities that come by the thousand."""

from collections.abc import Collection, Iterator

from committees.gazetteer.regions import known_regions
from committees.models import City, Region
from sistercities.folding import fold
from sistercities.models import Address
from sistercities.models.address import slug_of
from sistercities.pouring import new_keys, pour_with_history


def keep_regions(codes: Collection[str], keys: dict[str | None, int], *, reason: str) -> int:
    """Make the regions with these GeoNames codes that `keys` (code to primary key) lacks, and put
    them there; how many are new. A region that is there stays as it is."""
    missing = sorted(code for code in codes if code and code not in keys)
    wanted = {code: known_regions()[code] for code in missing if code in known_regions()}
    standing = Region.objects.filter(
        geonames_code=None, code__in=[known.code for known in wanted.values()]
    )
    codes_of = {known.code: code for code, known in wanted.items()}
    for region in standing:
        code = codes_of[region.code]
        region.geonames_code = code
        region._change_reason = f"{reason}: recognised"
        region.save()
        keys[code] = region.pk
        del wanted[code]
    if not wanted:
        return 0
    new = list(wanted.values())
    columns = ("id", *new[0]._fields, "folded")
    rows = [
        (key, *known, fold(known.name))
        for key, known in zip(new_keys(Region, len(new)), new, strict=True)
    ]
    pour_with_history(Region, columns, rows, reason=reason)
    keys |= {known.geonames_code: row[0] for known, row in zip(new, rows, strict=True)}
    return len(rows)


class FreeSlugs:
    """Free addresses by the rule of City.wanted_slug; of homonyms the first keeps the short one,
    the others get their region's name, then a number."""

    def __init__(self) -> None:
        self.taken: set[str] | None = None
        self.pattern = City(place_type=City.PlaceType.CITY)
        self.stand_ins: dict[str, Region | None] = {"": None}

    def take(self, name: str, country: str, region: str) -> str:
        """A slug that nobody has or had, now taken."""
        if self.taken is None:
            rows = Address.objects.filter(subject="city").values_list("slug", flat=True)
            self.taken = set(rows.iterator(20_000))
        for slug in self._choices(name, country, region):
            if slug not in self.taken:
                self.taken.add(slug)
                return slug
        raise AssertionError("numbers do not end")

    def _choices(self, name: str, country: str, region: str) -> Iterator[str]:
        known = known_regions().get(region)
        if region not in self.stand_ins:
            self.stand_ins[region] = Region(abbreviation=known.abbreviation) if known else None
        city = self.pattern
        city.name, city.country, city.region = name, country, self.stand_ins[region]
        wanted = city.wanted_slug()[:150].strip("-")
        yield wanted
        if known and not known.abbreviation:
            tail = f"-{country.lower()}"
            wanted = f"{wanted.removesuffix(tail)}-{slug_of(known.name)}"[:146].strip("-") + tail
            yield wanted
        number = 1
        while number := number + 1:
            yield f"{wanted}-{number}"
