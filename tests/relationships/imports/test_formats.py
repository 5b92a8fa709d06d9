"""Every format is told by its content and read alike; what is none is refused in a sentence."""

import io
import json
import time
import zipfile

import openpyxl
import pytest

from relationships.imports.columns import known_names, map_columns, read_told
from relationships.imports.delimited import sniff, sparql_value
from relationships.imports.formats import read_bytes, read_file
from relationships.imports.refusal import ImportRefused

ROWS = [["ciudad", "país", "ciudad hermana", "país hermano"], ["León", "MX", "Azusa, CA", "US"]]
CSV = 'ciudad,país,ciudad hermana,país hermano\nLeón,MX,"Azusa, CA",US\n'


def read(data: bytes) -> tuple[str, list[str], list[list[str]]]:
    table = read_bytes(data, "list", None)
    return table.format, table.header, [cells for _number, cells in table.rows()]


def workbook(rows, **extra) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    if extra:
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
            for name, content in extra.items():
                archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("csv", CSV.encode()),
        ("csv", CSV.encode("utf-8-sig")),
        ("csv", CSV.encode("cp1252")),
        ("csv", CSV.encode("utf-16")),
        ("csv", CSV.replace("\n", "\r\n").encode()),
        (
            "semicolon",
            CSV.replace('"', "").replace(", ", "¤ ").replace(",", ";").replace("¤", ",").encode(),
        ),
        ("tsv", "\n".join("\t".join(row) for row in ROWS).encode()),
        ("xlsx", workbook(ROWS)),
        ("json", json.dumps([dict(zip(*ROWS, strict=True))]).encode()),
        (
            "sparql-json",
            json.dumps(
                {
                    "head": {"vars": ROWS[0]},
                    "results": {
                        "bindings": [
                            {k: {"type": "literal", "value": v} for k, v in zip(*ROWS, strict=True)}
                        ]
                    },
                }
            ).encode(),
        ),
        (
            "sparql-tsv",
            (
                "?ciudad\t?país\t?ciudad hermana\t?país hermano\n"
                '"León"@es\t"MX"\t"Azusa, CA"@en\t"US"^^<http://www.w3.org/2001/XMLSchema#string>\n'
            ).encode(),
        ),
    ],
)
def test_the_same_list_is_read_from_every_format(name, data):
    assert read(data) == (name, ROWS[0], [ROWS[1]])


def test_years_and_dates_of_a_workbook_come_as_text():
    import datetime

    rows = [
        ["city_a", "city_b", "date"],
        ["A", "B", datetime.datetime(1969, 5, 14)],
        ["A", "C", 1970.0],
    ]
    assert read(workbook(rows))[2] == [["A", "B", "1969-05-14"], ["A", "C", "1970"]]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<http://www.wikidata.org/entity/Q64>", "http://www.wikidata.org/entity/Q64"),
        ('"Berlín"@es', "Berlín"),
        (
            '"Point(13.38 52.51)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>',
            "Point(13.38 52.51)",
        ),
        ('"a \\"b\\" \\\\ c"', 'a "b" \\ c'),
        ("3426354", "3426354"),
        ('"open', '"open'),
    ],
)
def test_sparql_terms_lose_their_wrapping(cell, value):
    assert sparql_value(cell) == value


def test_the_delimiter_is_the_one_under_which_the_header_is_known():
    text = "city_a;city_b;note\nParis;Roma;a, b, c, d\nWien;Graz;x, y, z, u\n"
    assert sniff(text, known_names) == ";"


def test_a_guarding_quote_before_a_formula_is_taken_off():
    assert read(b"city_a,city_b\n'=SUM(A1),B\n")[2] == [["=SUM(A1)", "B"]]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b" \n \n", "The file is empty."),
        (b"city_a,city_b\n", "The file has a header but no rows."),
        (
            b"\x00\x01\x02\x03" * 50,
            "The file is neither text in UTF-8 or Windows-1252 nor an XLSX "
            "workbook. Save it as CSV UTF-8 and try again.",
        ),
        (
            bytes(range(128, 256)) * 20,
            "The file is neither text in UTF-8 or Windows-1252 nor an "
            "XLSX workbook. Save it as CSV UTF-8 and try again.",
        ),
        (b'city_a,city_b\nA,B\n"C,D\nE,F\n', "A quotation mark opened in line 3 is never closed."),
        (b'[{"city_a": "A", ', "The JSON breaks off or is wrong in line 1, character 18."),
        (b"[" * 100000, "The JSON is nested too deeply or holds impossible numbers."),
        (
            b'{"a": 1}',
            "This JSON is neither a list of rows nor a SPARQL result with head and results.",
        ),
        (b'[{"a": {"b": 1}}]', "Row 1 has a value with parts inside (a)."),
        (b"[1, 2]", "Every row of the JSON must be an object with names and values."),
        (b"%PDF-1.7", "The file is a PDF; a list must come as CSV, XLSX or JSON."),
        (b"\x1f\x8b\x08", "The file is packed; unpack it first."),
        (b"PK\x03\x04 nothing", "The workbook is damaged and cannot be read."),
        (b"a,b,a\n1,2,3\n", "The header names a twice; give each column a name of its own."),
        (workbook([]), "The workbook is empty."),
        (
            workbook(ROWS, xl__externalLinks__x="x"),
            "The workbook has links to other workbooks; save it as CSV.",
        ),
        (
            workbook(ROWS, **{f"part{n}": "x" for n in range(101)}),
            "The workbook has more than 100 parts; save it as CSV.",
        ),
        (
            workbook(ROWS, bomb="0" * 60_000_000),
            "The workbook unpacks to more than 50 MB; save it as CSV.",
        ),
        (
            workbook(ROWS, bomb="0" * 20_000_000),
            "The workbook is packed suspiciously tight; save it as CSV.",
        ),
        (
            workbook(ROWS, **{"xl__x.xml": '<!DOCTYPE a [<!ENTITY a "aaaa">]><a>&a;</a>'}),
            "The workbook holds XML that no spreadsheet writes; save it as CSV.",
        ),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence_and_within_a_second(data, sentence):
    began = time.monotonic()
    with pytest.raises(ImportRefused) as refused:
        list(read_bytes(data, "list", None).rows())
    assert (str(refused.value), time.monotonic() - began < 1) == (sentence, True)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    for path, sentence in (
        (tmp_path / "no.csv", f"There is no file {tmp_path / 'no.csv'}."),
        (tmp_path, f"{tmp_path} is a folder, not a file."),
    ):
        with pytest.raises(ImportRefused) as refused:
            read_file(path)
        assert str(refused.value) == sentence


def test_another_format_than_asked_for_is_refused():
    with pytest.raises(ImportRefused) as refused:
        read_bytes(CSV.encode(), "list", "xlsx")
    assert str(refused.value) == "The file looks like csv, not xlsx."


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (
            "Ciudad;Estado;País;Ciudad hermana;Estado hermano;País hermano;Fecha;Año;Tipo",
            "city_a region_a country_a city_b region_b country_b date year kind",
        ),
        ("item;itemLabel;sistercity;sistercityLabel", "wikidata_a city_a wikidata_b city_b"),
        (
            "origincityLabel;origincountry;originlat;destination_countryLabel;sistercityLabel;dist",
            "city_a country_a latitude_a country_b city_b kept",
        ),
        (
            "tie_id;us_city;us_state;us_basis;mx_city;mx_state;source_urls",
            "kept city_a region_a kept city_b region_b source_ref",
        ),
        (
            "city_a;country_a;country_a_raw;lat_a;lon_a;city_b;geonames_b;signed_year;signed_date",
            "city_a country_a country_raw_a latitude_a longitude_a city_b geonames_b year date",
        ),
        (
            "tie;city_a;latitude_a;wikidata_a;city_b;kind;since;ended;stage;reciprocity;review",
            "kept city_a latitude_a wikidata_a city_b kind date ended kept kept kept",
        ),
        ("Ciudad 1;Ciudad 2", "city_a city_b"),
        ("Town;Twin town;Twin country", "city_a city_b country_b"),
    ],
)
def test_columns_are_known_by_many_names(header, fields):
    names = header.split(";")
    assert list(map_columns(names).columns.values()) == fields.split()


def test_columns_named_by_country_say_the_country():
    mapping = map_columns(["ciudad mexicana", "ciudad estadounidense"])
    assert mapping.implied == {"a": "MX", "b": "US"}


def test_an_unknown_column_is_refused_with_the_way_out():
    with pytest.raises(ImportRefused) as refused:
        map_columns(["city_a", "city_b", "Foo", "Bar"])
    assert str(refused.value) == (
        'Not understood: Foo, Bar. Say what each holds, for example --map "Foo"=city_a, keep it '
        'with the row by --map "Foo"=kept, or leave it out by --map "Foo"=-'
    )


def test_told_columns_go_before_their_names():
    told = read_told(["Foo=city_b", "city_b=-"])
    assert map_columns(["city_a", "city_b", "Foo"], told).columns == {
        "city_a": "city_a",
        "city_b": "-",
        "Foo": "city_b",
    }


@pytest.mark.parametrize(
    ("header", "told", "sentence"),
    [
        (["city_a"], [], "No column names the second city. Say which it is: --map COLUMN=city_b"),
        (
            ["city_a", "city_b", "ciudad"],
            [],
            "Both city_a and ciudad would be city_a. Say which by "
            '--map, for example --map "ciudad"=kept',
        ),
        (["city_a", "city_b"], ["x=city_a"], "The file has no column x. It has: city_a, city_b."),
        (["city_a", "city_b"], ["city_a"], "city_a is not a mapping. Write --map COLUMN=FIELD"),
    ],
)
def test_mappings_that_cannot_be_are_refused(header, told, sentence):
    with pytest.raises(ImportRefused) as refused:
        map_columns(header, read_told(told))
    assert str(refused.value) == sentence
