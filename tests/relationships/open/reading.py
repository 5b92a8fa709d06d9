"""Exports read as others read them: with the libraries of the language, not with our own code."""

import csv
import io
import json

from django.test import Client

from relationships.exporting.lists import LISTS

WORDS = {"city": "cities", "tie": "ties", "committee": "committees", "exchange": "exchanges"}


def text_of(response) -> str:
    """What was streamed."""
    assert response.streaming, response.status_code
    return b"".join(response.streaming_content).decode()


def rows_of(client: Client, url: str, query: dict[str, str] | None = None) -> list[dict]:
    """The rows of a list, in any form, with the columns as its keys."""
    response = client.get(url, query)
    assert (response.status_code, response["ETag"] != "") == (200, True)
    text = text_of(response)
    if url.endswith(".csv"):
        return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    whole = json.loads(text)
    if url.endswith(".geojson"):
        assert whole["count"] == len(whole["features"])
        return [feature["properties"] for feature in whole["features"]]
    assert whole["count"] == len(whole["items"])
    return whole["items"]


def counts(client: Client, kind: str, query: dict[str, str]) -> dict[str, int]:
    """How many rows each way of showing the same list has: they must be the same."""
    word = WORDS[kind]
    found = {"page": client.get(f"/en/{word}/", query).context["count"]}
    for suffix in LISTS[f"{kind}-list"].suffixes:
        found[suffix] = len(rows_of(client, f"/en/{word}.{suffix}", query))
    if kind == "tie":
        drawn = client.get("/en/map.json", query).json()
        found["map"] = drawn["drawn"] + drawn["missing"]
    return found


ADDRESSES = [
    f"/en/{WORDS[exported.table.name]}.{suffix}"
    for exported in LISTS.values()
    for suffix in exported.suffixes
]
