"""Reading when a tie was agreed: a whole date, a year, "about", or what cannot be a date."""

import re
from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sistercities.folding import fold
from sistercities.partialdates import PartialDate

STAND_IN_YEARS = (1900, 1970, 2000)
"""Years that lists write when they do not know one."""
STAND_IN_RATIO = 5
STAND_IN_LEAST = 20
LONGEST_TEXT = 80

_TWO_FIGURES = re.compile(r"\s*(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*\d{4}\s*")
_NOTHING = frozenset(
    {"", "unknown", "n a", "na", "none", "desconocido", "desconocida", "s f", "sf"}
)


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date or None, the text as written, and what is odd about it."""

    date: PartialDate | None = None
    text: str = ""
    warning: str = ""


class DateHabits:
    """What a whole file's dates say about each one: day or month first, years that mean nothing."""

    def __init__(self) -> None:
        self._day_first = self._month_first = 0
        self._years: dict[str, Counter] = {}

    def see(self, source: str, date_text: str, year_text: str) -> None:
        """Take note of one row."""
        if figures := _TWO_FIGURES.fullmatch(date_text):
            first, second = int(figures[1]), int(figures[2])
            self._day_first += first > 12 >= second
            self._month_first += second > 12 >= first
        for text in (year_text, date_text):
            if len(text) == 4 and text.isascii() and text.isdigit():
                self._years.setdefault(source, Counter())[int(text)] += 1
                break

    @property
    def language(self) -> str | None:
        """ "es" where days come first, "en" where months do, None where the file does not tell."""
        if bool(self._day_first) == bool(self._month_first):
            return None
        return "es" if self._day_first else "en"

    def is_stand_in(self, source: str, year: int) -> bool:
        """Whether a source gives this round year so often that it must mean "unknown"."""
        if year not in STAND_IN_YEARS:
            return False
        years = self._years.get(source, Counter())
        around = max(years[year - 1], years[year + 1], 1)
        return years[year] >= STAND_IN_LEAST and years[year] > STAND_IN_RATIO * around

    def facts(self) -> dict:
        """What must be kept to read a row of the same file later; see `KeptHabits`."""
        stand_ins = [
            [source, year]
            for source in self._years
            for year in STAND_IN_YEARS
            if self.is_stand_in(source, year)
        ]
        return {"language": self.language, "stand_ins": stand_ins}

    def read(self, source: str, date_text: str, year_text: str) -> ReadDate:
        """The date of one row; the more precise of the two texts that can be read."""
        texts = [text for text in (date_text, year_text) if fold(text) not in _NOTHING]
        if not texts:
            return ReadDate()
        written = " / ".join(dict.fromkeys(texts))[:LONGEST_TEXT]
        warning = ""
        for text in texts:
            found, odd = self._one(text)
            warning = warning or odd
            if found is None:
                continue
            whole_year = found.month is None and not found.about
            if whole_year and self.is_stand_in(source, found.year):
                return ReadDate(
                    None,
                    written,
                    _("The source writes %(year)d for dates it does not know.")
                    % {"year": found.year},
                )
            return ReadDate(found, written, warning)
        return ReadDate(None, written, warning)

    def _one(self, text: str) -> tuple[PartialDate | None, str]:
        figures = _TWO_FIGURES.fullmatch(text)
        open_order = bool(figures) and int(figures[1]) <= 12 and int(figures[2]) <= 12
        if open_order and figures[1] != figures[2] and self.language is None:
            year = PartialDate(int(text.strip()[-4:]))
            return year, _("%(date)s: day or month first? Only the year is taken.") % {"date": text}
        try:
            return PartialDate.read(text, self.language or "en"), ""
        except ValueError:
            return None, _("%(date)s is not a possible date; kept as text.") % {
                "date": text[:LONGEST_TEXT]
            }


class KeptHabits(DateHabits):
    """The habits of a file that was read before."""

    def __init__(self, facts: dict) -> None:
        super().__init__()
        self._language = facts["language"]
        self._stand_ins = {(source, year) for source, year in facts["stand_ins"]}

    @property
    def language(self) -> str | None:
        """As it was."""
        return self._language

    def is_stand_in(self, source: str, year: int) -> bool:
        """As it was."""
        return (source, year) in self._stand_ins
