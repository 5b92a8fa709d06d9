"""Texts in two languages, and codes to scan."""

import re

import pytest
import segno
from django.utils.translation import override

from sistercities.bilingual import Text, choose
from sistercities.qr import QUIET, qr_code


@pytest.mark.parametrize(
    ("es", "en", "in_spanish", "in_english"),
    [
        ("hola", "hello", Text("hola"), Text("hello")),
        ("hola", "", Text("hola"), Text("hola", "es")),
        ("", "hello", Text("hello", "en"), Text("hello")),
        ("  ", None, Text(), Text()),
    ],
)
def test_the_readers_language_comes_first_and_the_other_is_labelled(es, en, in_spanish, in_english):
    assert choose("es", es=es, en=en) == in_spanish
    assert choose("en", es=es, en=en) == in_english


def test_the_note_names_the_language_of_the_text():
    with override("en"):
        assert [Text("x", lang).note for lang in ("", "es", "en")] == [
            "",
            "This text is only in Spanish.",
            "This text is only in English.",
        ]


@pytest.mark.parametrize(
    "text", ["http://a.mx/t/1", "https://registro.example.org/c/south-el-monte"]
)
def test_the_path_of_a_code_draws_every_dark_module_and_no_other(text):
    code = qr_code(text)
    drawn = {
        (int(x) + step, int(y))
        for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", code.path)
        for step in range(int(run))
    }
    wanted = segno.make(text, micro=False, error="m", boost_error=False, mask=3).matrix
    dark = {
        (x + QUIET, y + QUIET) for y, row in enumerate(wanted) for x, bit in enumerate(row) if bit
    }
    assert drawn == dark
    assert code.view_box == f"0 0 {len(wanted) + 2 * QUIET} {len(wanted) + 2 * QUIET}"
