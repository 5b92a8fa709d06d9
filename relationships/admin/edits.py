"""Edits of ties that desks propose: three columns where the tie changed since, and a choice."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relationships import deciding
from relationships.admin.reviews import sent_by
from relationships.amending import compared
from relationships.models import TieEdit
from sistercities.admin.comparing import Fact, Line, Section
from sistercities.admin.reviewed import ReviewedAdmin
from sistercities.admin.reviewing import Verb

CHOICE = "choice-"


@admin.register(TieEdit)
class TieEditAdmin(ReviewedAdmin):
    """What a desk, or the office for a visitor, proposes. It is decided on its review page."""

    review_template = "admin/review_edit.html"
    leaves_by = gettext_lazy("An edit is not deleted: it is accepted, sent back or rejected.")
    list_display = ("__str__", "committee", "review", "sent_at")
    list_filter = ("review",)
    row_relations = ("tie__city_a", "tie__city_b", "committee", "sent_by", "reviewed_by")
    search_fields = ("tie__sort_name", "committee__sort_name")
    date_hierarchy = "sent_at"
    readonly_fields = ("tie", "committee", "side", "sent_by", "sent_at", "why", "what")
    fieldsets = (
        (None, {"fields": ("tie", "committee", ("sent_by", "sent_at"), "why", "what")}),
        (gettext_lazy("Review"), {"fields": ("review", ("reviewed_by", "reviewed_at"))}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody here: edits come from desks and from reports of visitors."""
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        """Nobody: what was sent stays as it was sent."""
        return False

    @admin.display(description=gettext_lazy("what is proposed"))
    def what(self, edit: TieEdit) -> str:
        """Old and new values."""
        return "; ".join(f"{row.label}: {row.before} → {row.proposed}" for row in compared(edit))

    def review_facts(self, obj: TieEdit) -> list[Fact]:
        """What is proposed, against what stands there now."""
        return [
            Fact(row.label, row.proposed, row.before if obj.is_public else row.now)
            for row in compared(obj)
        ]

    def review_sections(self, obj: TieEdit) -> list[Section]:
        """The tie with its proof, and other edits of it that wait."""
        url = reverse("admin:relationships_tie_change", args=[obj.tie_id])
        lines = [Line(str(obj.tie), url)]
        if obj.tie.is_public and obj.tie.slug:
            lines.append(Line(_("See as a visitor"), obj.tie.get_absolute_url()))
        others = obj.tie.edits.filter(review=TieEdit.Review.SUBMITTED).exclude(pk=obj.pk)
        same = [
            Line(_("Edit %(number)s") % {"number": one.pk}, self.review_url(one.pk))
            for one in others[:10]
        ]
        return [
            Section(_("Its tie"), lines),
            Section(_("Other edits of the same tie that wait"), same, _("None.")),
        ]

    def review_sender(self, obj: TieEdit) -> list[Fact]:
        """Who, when and why."""
        return [*sent_by(obj), Fact(_("Why, and how they know"), obj.why)]

    def changes_since(self, obj: TieEdit) -> list[Fact]:
        """What was sent now against what was sent before."""
        if obj.review != TieEdit.Review.SUBMITTED or obj.reviewed_at is None:
            return []
        rows = TieEdit.history.filter(id=obj.pk, history_date__lte=obj.reviewed_at)
        earlier = rows.order_by("-history_id").first()
        if earlier is None:
            return []
        old = {row.label: row.proposed for row in compared(_as_then(obj, earlier))}
        new = {row.label: row.proposed for row in compared(obj)}
        facts = [Fact(label, new.get(label, "–"), old.get(label, "–")) for label in {**old, **new}]
        facts.append(Fact(_("Why, and how they know"), obj.why, earlier.why))
        return [one for one in facts if one.is_changed]

    def review_extra(self, obj: TieEdit) -> dict:
        """The facts that changed since, to choose."""
        rows = compared(obj)
        return {"conflicts": [(f"{CHOICE}{row.key}", row) for row in rows if row.is_conflict]}

    def decide(self, obj: TieEdit, verb: Verb, *, by, reason: str, seen: str, data) -> None:
        """With what was chosen for each fact."""
        if verb.method != "publish":
            super().decide(obj, verb, by=by, reason=reason, seen=seen, data=data)
            return
        names = (name for name in data if name.startswith(CHOICE))
        choices = {name.removeprefix(CHOICE): data[name] for name in names}
        obj.publish(by=by, reason=reason, seen=seen, choices=choices)

    def tell(self, objects: list) -> None:
        """Those who proposed them."""
        deciding.tell_edits(objects)


def _as_then(edit: TieEdit, earlier) -> TieEdit:
    then = TieEdit(tie=edit.tie, before=earlier.before, proposed=earlier.proposed)
    then.review = earlier.review
    return then
