"""A thousand anniversaries written by us and by a library: `python -m tests.bench.calendars`."""

import datetime
import os
import time

import django


def main() -> None:
    """Print milliseconds for each way."""
    from tests.bench.worlds import SECRET

    os.environ.setdefault("SECRET_KEY", SECRET)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sistercities.settings")
    django.setup()
    import icalendar

    from sistercities.bilingual import Text
    from sistercities.calendars import EVERY_YEAR, Calendar, Occasion

    title, day = "Aniversario: Gómez Palacio – South El Monte (1969)", datetime.date(1970, 5, 14)
    changed = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)

    def ours() -> None:
        occasions = (
            Occasion(f"tie-{number}-anniversary", Text(title), day, changed, "/", rule=EVERY_YEAR)
            for number in range(1000)
        )
        "".join(Calendar("A", "/", "es", occasions).written())

    def theirs() -> None:
        calendar = icalendar.Calendar()
        for number in range(1000):
            event = icalendar.Event()
            facts = {"uid": f"tie-{number}", "summary": title, "dtstart": day, "dtstamp": changed}
            facts |= {"last-modified": changed, "rrule": {"freq": "yearly"}, "url": "http://a/"}
            for name, value in facts.items():
                event.add(name, value)
            calendar.add_component(event)
        calendar.to_ical()

    for name, write in (("ours", ours), ("icalendar", theirs)):
        began = time.process_time()
        write()
        print(f"{name}: {(time.process_time() - began) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
