"""Ties: who says so, what happened, and what each side answered."""

import hashlib
from datetime import date

from committees.models import City, Committee
from relationships.axes import months_before
from relationships.demo.files import Row, bilingual, partial, rows, tables
from relationships.demo.record import Record
from relationships.models import (
    Confirmation,
    Evidence,
    Statement,
    Tie,
    TieCommittee,
    TieEvent,
)

Bonds = dict[str, Tie]


def load_bonds(record: Record, cities: dict[str, City], today: date) -> Bonds:
    """All ties of the demo by key, with all that is known of the new ones."""
    summaries = {row["tie"]: row for row in rows("summaries")}
    bonds, new = {}, {}
    for row in rows("ties"):
        first, second = sorted((cities[row["city"]], cities[row["other_city"]]), key=_number)
        tie = Tie.objects.filter(city_a=first, city_b=second).first()
        if tie is None:
            words = summaries.get(row["key"], {})
            tie = new[row["key"]] = record.save(
                Tie(
                    city_a=first,
                    city_b=second,
                    kind=row["kind"],
                    review=row["review"],
                    vitality_override=row["vitality_override"],
                    override_reason=row["override_reason"],
                    **bilingual(words, "summary", "fields", "signatories", "term"),
                )
            )
        bonds[row["key"]] = tie
    load_story(record, new)
    load_statements(record, new, cities)
    load_confirmations(record, new, cities, today)
    return bonds


def _number(city: City) -> int:
    return city.pk


def side_of(tie: Tie, city: City) -> str:
    """Which of the tie's two sides a city is."""
    return "a" if city.pk == tie.city_a_id else "b"


def load_story(record: Record, ties: Bonds) -> None:
    """The signature and all further events, each with the source that names it."""
    sources = {row["key"]: row for row in rows("sources")}
    events, told = [], []
    for row in rows("ties"):
        if row["key"] in ties and row["signed"] == "yes":
            signed = TieEvent(tie=ties[row["key"]], kind=TieEvent.Kind.SIGNED)
            signed.date = partial(row["signed_on"])
            events.append(signed)
            told.append(row["source"])
    for row in rows("events"):
        if row["tie"] in ties:
            event = TieEvent(tie=ties[row["tie"]], kind=row["kind"], place=row["place"])
            event.date = partial(row["date"])
            for name, text in bilingual(row, "note").items():
                setattr(event, name, text)
            events.append(event)
            told.append(row["source"])
    events = record.save_all(events)
    proofs = [_evidence(e.tie, sources[key], e) for e, key in zip(events, told, strict=True)]
    proven = {(proof.tie_id, proof.title) for proof in proofs}
    for row in rows("ties") + rows("statements"):
        tie = ties.get(row.get("tie") or row["key"])
        proof = tie and _evidence(tie, sources[row["source"]])
        if proof and (proof.tie_id, proof.title) not in proven:
            proven.add((proof.tie_id, proof.title))
            proofs.append(proof)
    record.save_all(proofs)


def _evidence(tie: Tie, source: Row, event: TieEvent | None = None) -> Evidence:
    return Evidence(
        tie=tie, event=event, kind=source["evidence"], title=source["title"], url=source["url"]
    )


def load_statements(record: Record, ties: Bonds, cities: dict[str, City]) -> None:
    """What each side's source says, once a side and source."""
    sources = {row["key"]: row for row in rows("sources")}
    said = []
    for row in rows("ties"):
        if row["key"] in ties:
            both = (row["city"], row["other_city"])
            for city in both if row["said_by"] == "both" else (row["said_by"],):
                said.append((row["key"], city, row, ""))
    said += [
        (row["tie"], row["said_by"], row, row["in_our_words"])
        for row in rows("statements")
        if row["tie"] in ties
    ]
    statements = {}
    for key, city, row, words in said:
        source = sources[row["source"]]
        mark = hashlib.sha256(f"demo {row['source']} {key} {city}".encode()).hexdigest()
        statements[mark] = Statement(
            tie=ties[key],
            source=source["title"][:120],
            source_ref=source["url"],
            said_by=side_of(ties[key], cities[city]) if city else "",
            kind_text=row["kind_as_written"],
            date_text=row["date_as_written"],
            verbatim={"in our words": words} if words else {},
            fingerprint=mark,
        )
    record.save_all(list(statements.values()))


def load_confirmations(record: Record, ties: Bonds, cities: dict[str, City], today: date) -> None:
    """The yearly answers, counted back from today so that every state can always be seen."""
    answers = []
    for row in rows("confirmations"):
        if tie := ties.get(row["tie"]):
            if row["answered_on"]:
                day = date.fromisoformat(row["answered_on"])
            else:
                day = months_before(today, int(row["months_ago"]))
            answers.append(
                Confirmation(
                    tie=tie,
                    side=side_of(tie, cities[row["side"]]),
                    answer=row["answer"],
                    answered_on=day,
                    answered_as=row["answered_as"],
                    note=row["note"],
                    is_demo=row["demo"] == "yes",
                )
            )
    record.save_all(answers)


def load_single_tie_committees(
    record: Record, bonds: Bonds, committees: dict[str, Committee]
) -> None:
    """Committees that exist for one tie only."""
    for table in tables("committees"):
        if key := table.get("single_tie"):
            committee = committees[table["key"]]
            if not TieCommittee.objects.filter(committee=committee).exists():
                record.save(TieCommittee(committee=committee, tie=bonds[key]))
