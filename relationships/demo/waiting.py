"""What waits for the office in the demo: an edit of a tie, and what visitors say is wrong. Both are
invented, and say so."""

from committees.models import City, Committee
from relationships.amending import COLUMNS, values_of
from relationships.demo.record import Record
from relationships.models import ErrorReport, Tie, TieEdit
from relationships.side_of import side_of

MARK = "(Demo) "
EDIT = MARK + "El convenio renovado nombra estos temas. Véase la cláusula segunda."
WRONG = {
    "tie": MARK + "El convenio se firmó en mayo; la página no dice el mes.",
    "city": MARK + "The page does not mention the old name of the city.",
}


def load_waiting(
    record: Record, bonds: dict[str, Tie], cities: dict[str, City], committees: dict[str, Committee]
) -> None:
    """Each once: what the office has dealt with is not brought again."""
    tie, ours = bonds["gomez-palacio--south-el-monte"], committees["gomez-palacio"]
    if not TieEdit.objects.filter(why=EDIT).exists():
        now = values_of(tie)
        wanted = {
            "fields_es": "Educación, cultura, salud",
            "fields_en": "Education, culture, health",
        }
        record.save(
            TieEdit(
                tie=tie,
                committee=ours,
                side=side_of(tie, ours),
                why=EDIT,
                before={name: now[name] for name in COLUMNS if name in wanted},
                proposed=wanted,
                review=TieEdit.Review.SUBMITTED,
            )
        )
    about = {"tie": tie, "city": cities["downey"]}
    for name, wrong in WRONG.items():
        if not ErrorReport.objects.filter(wrong=wrong).exists():
            language = "es" if name == "tie" else "en"
            record.save(ErrorReport(wrong=wrong, language=language, **{name: about[name]}))
