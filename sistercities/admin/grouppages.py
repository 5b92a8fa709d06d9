"""The groups of the office, to be read: what each may do is declared in code."""

import django.contrib.auth.admin  # noqa: F401 (it registers the page that this one replaces)
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet
from django.forms import ModelMultipleChoiceField
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sistercities.admin.groups import GROUPS
from sistercities.admin.registry import ReadOnlyAdmin

admin.site.unregister(Group)
VERBS = {
    "view": _("look"),
    "add": _("enter"),
    "change": _("change"),
    "delete": pgettext_lazy("a row below an object", "take away"),
}


def title_of(group: Group) -> str:
    """The name in the reader's language; of a group made by hand, the one it was given."""
    known = GROUPS.get(group.name)
    return str(known.title) if known else group.name


def sentence_of(group: Group) -> str:
    """What the group is for; empty for one made by hand."""
    known = GROUPS.get(group.name)
    return str(known.sentence) if known else ""


class GroupsField(ModelMultipleChoiceField):
    """The groups of a login, each with its sentence."""

    def label_from_instance(self, group: Group) -> str:
        """The group and what it may do."""
        return ": ".join(filter(None, (title_of(group), sentence_of(group))))


class GroupFilter(admin.SimpleListFilter):
    """Logins by group, named in the reader's language."""

    title = _("group")
    parameter_name = "group"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple]:
        """All groups."""
        return [(str(group.pk), title_of(group)) for group in Group.objects.order_by("pk")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Those in the chosen group; an odd value narrows nothing."""
        known = {value for value, _title in self.lookup_choices}
        return queryset.filter(groups=int(self.value())) if self.value() in known else queryset


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin):
    """What a group may do and who is in it. Who belongs to it is said on the page of the login."""

    list_display = ("title", "sentence", "people")
    ordering = ("pk",)
    search_fields = ("name",)
    fieldsets = ((None, {"fields": ("title", "sentence", "people", "rights")}),)
    readonly_fields = ("title", "sentence", "people", "rights")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        """With the logins in each."""
        return super().get_queryset(request).prefetch_related("user_set")

    @admin.display(description=_("group"))
    def title(self, group: Group) -> str:
        """Its name."""
        return title_of(group)

    @admin.display(description=_("what it is for"))
    def sentence(self, group: Group) -> str:
        """One sentence."""
        return sentence_of(group) or "–"

    @admin.display(description=_("who is in it"))
    def people(self, group: Group) -> str:
        """The names of those who may log in."""
        return ", ".join(str(user) for user in group.user_set.all() if user.is_active) or "–"

    @admin.display(description=_("what it may do"))
    def rights(self, group: Group) -> str:
        """One line a kind of object, in the reader's language."""
        lines: dict[str, dict[int, str]] = {}
        found: QuerySet[Permission] = group.permissions.select_related("content_type")
        for one in found.order_by("content_type__app_label", "pk"):
            model = one.content_type.model_class()
            if model is None:
                continue
            verb, _dash, noun = one.codename.partition("_")
            plain = noun == model._meta.model_name and verb in VERBS
            place = list(VERBS).index(verb) if plain else one.pk
            said = str(VERBS[verb]) if plain else one.name
            lines.setdefault(str(model._meta.verbose_name_plural), {})[place] = said
        rows = (
            (name, ", ".join(said for _place, said in sorted(rights.items())))
            for name, rights in lines.items()
        )
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {}</li>", rows))
