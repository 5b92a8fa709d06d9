"""A table of fifty rows by Django's `for` and by `rows`: `python -m tests.bench.rows`."""

import os
import timeit

import django

BODY = (
    '<tr><th scope="row"><a href="{{ row.url }}">{{ row.cities }}</a>'
    '<div class="muted small">{% if row.kind %}{{ row.kind }} · {% endif %}{{ row.places }}</div>'
    '</th><td data-label="{{ label }}">{{ row.since }}</td>'
    '<td data-label="{{ label }}">{{ row.voice }}</td>'
    '<td data-label="{{ label }}"><span class="tag tag-{{ row.status }}">'
    "{{ row.status_words }}</span></td></tr>"
)


def main() -> None:
    """Print milliseconds for each way."""
    from tests.bench.worlds import SECRET

    os.environ.setdefault("SECRET_KEY", SECRET)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sistercities.settings")
    django.setup()
    from django.template import Context, Template

    from relationships.listing.ties import Row

    words = ("/es/hermanamientos/a-y-b/", "A – B", "Durango, México – California", "1969")
    listed = [Row(*words, "", "Ambas partes", "active", "Vigente") for _number in range(50)]
    for name, before, after in (
        ("for", "{% for row in listed %}", "{% endfor %}"),
        ("rows", "{% load rows %}{% rows listed as row %}", "{% endrows %}"),
    ):
        table = Template(before + BODY + after)
        context = Context({"listed": listed, "label": "Desde"})
        took = min(timeit.repeat(lambda t=table, c=context: t.render(c), number=20, repeat=5)) / 20
        print(f"{name}: {took * 1000:.2f} ms")


if __name__ == "__main__":
    main()
