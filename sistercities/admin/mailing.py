"""Writing to many from a list of the admin: choose, write, look, try out, send once.

A list takes part by `Writes`, which puts an action and a link on it, and says in `readers_for` who
reads mail for its rows. The filters of the list are the filters of the mail: they stay in the
address, from the list through the preview to what is kept.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.options import IS_POPUP_VAR, IncorrectLookupParameters
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.generic import View

from sistercities.admin.registry import Findable, ReadOnlyAdmin
from sistercities.editing.once import NONCE, OncePost
from sistercities.mailing import PURPOSE, REASONS, Choice, Row, choose, send, try_out
from sistercities.models import Mailing, OutgoingMail

CHOSEN = "_rows"
FINGERPRINT = "_seen"
MOST_ROWS = 10_000
SHOWN = 100
NOT_FILTERS = (CHOSEN, "p", "all", "o", "e")


class MailingForm(forms.ModelForm):
    """The letter in both languages. Only who may send service notices is asked about them."""

    class Meta:
        model = Mailing
        fields = (
            *("subject_es", "text_es", "subject_en", "text_en", "reply_to"),
            *("is_service", "reason"),
        )

    def __init__(self, *args, may_notify: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name.startswith("text"):
                field.widget = forms.Textarea(attrs={"rows": 10, "class": "vLargeTextField"})
            elif isinstance(field, forms.CharField):
                field.widget.attrs["class"] = "vTextField"
        if not may_notify:
            del self.fields["is_service"], self.fields["reason"]

    def clean(self) -> dict:
        """A service notice says why."""
        values = super().clean() or self.cleaned_data
        if values.get("is_service") and not values.get("reason"):
            self.add_error("reason", ValidationError(_("Say why it must reach everybody.")))
        return values

    @property
    def fieldsets(self) -> list[tuple]:
        """As the admin lays out a form."""
        told = _(
            "Plain text; blank lines make paragraphs. Each reader gets their own language first."
        )
        found = [
            (_("In Spanish"), {"fields": ["subject_es", "text_es"], "description": told}),
            (_("In English"), {"fields": ["subject_en", "text_en"]}),
            (_("Answers"), {"fields": ["reply_to"]}),
        ]
        if "is_service" in self.fields:
            found.append((_("Service notice"), {"fields": ["is_service", "reason"]}))
        return found


class Writes(Findable):
    """A list whose rows somebody reads mail for."""

    readers_for: Callable[[QuerySet], Iterable[Row]]
    """Each row with its readers; every list says it."""

    def has_write_permission(self, request: HttpRequest) -> bool:
        """Whoever may see the list and was granted the right to send mailings."""
        return request.user.has_perm("sistercities.add_mailing") and self.has_view_permission(
            request
        )

    def get_actions(self, request: HttpRequest) -> dict:
        """With the one that writes."""
        actions = super().get_actions(request)
        if self.has_write_permission(request) and IS_POPUP_VAR not in request.GET:
            name = "write_to_these"
            actions[name] = (type(self).write_to_these, name, _("Write to these"))
        return actions

    def write_to_these(self, request: HttpRequest, rows: QuerySet) -> HttpResponse:
        """On to the letter: for all rows that the filters find, or for those that were ticked."""
        if request.POST.get("select_across") == "1":
            return HttpResponseRedirect(self.write_url(request))
        numbers = ".".join(map(str, rows.order_by("pk").values_list("pk", flat=True)))
        return HttpResponseRedirect(f"{self._write}?{CHOSEN}={numbers}")

    @property
    def _write(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_write")

    def write_url(self, request: HttpRequest) -> str:
        """The letter to all rows of the list as it is filtered."""
        query = filters_of(request)
        return f"{self._write}?{query}" if query else self._write

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """With the link to write to all its rows."""
        more = {"write_url": self.write_url(request)} if self.has_write_permission(request) else {}
        return super().changelist_view(request, more | (extra_context or {}))

    def get_urls(self) -> list[URLPattern]:
        """With the letter."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_write"
        view = self.admin_site.admin_view(WriteLetter.as_view(model_admin=self))
        return [path("write/", view, name=name), *super().get_urls()]


def filters_of(request: HttpRequest) -> str:
    """The filters of a list as its address has them, without the page and the order."""
    query = request.GET.copy()
    for name in NOT_FILTERS:
        query.pop(name, None)
    return query.urlencode()


class WriteLetter(OncePost, View):
    """GET: the form. POST: the preview, a try, or the sending."""

    model_admin: Any = None
    changed_content_is_new = True
    notice = ""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """For whoever may write to this list."""
        if not self.model_admin.has_write_permission(request):
            raise PermissionDenied
        try:
            self.rows = self.chosen_rows()
        except (IncorrectLookupParameters, ValueError, OverflowError):
            return HttpResponseRedirect(self.list_url + "?e=1")
        if self.rows.order_by()[: MOST_ROWS + 1].count() > MOST_ROWS:
            text = _("Choose at most %(most)s rows at once: narrow the list by its filters first.")
            messages.error(request, text % {"most": MOST_ROWS})
            return HttpResponseRedirect(f"{self.list_url}?{filters_of(request)}")
        return super().dispatch(request, *args, **kwargs)

    @property
    def list_url(self) -> str:
        """The list that this is about."""
        opts = self.model_admin.opts
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")

    def chosen_rows(self) -> QuerySet:
        """What was ticked, or what the filters find: exactly the rows of the list."""
        request = self.request
        if any("\0" in value for values in request.GET.lists() for value in values[1]):
            raise ValueError("No database holds a NUL byte.")
        if ticked := request.GET.get(CHOSEN):
            numbers = [int(number) for number in ticked.split(".")[:MOST_ROWS]]
            numbers = [number for number in numbers if number < 2**63]
            return self.model_admin.get_queryset(request).filter(pk__in=numbers)
        query = request.GET.copy()
        for name in NOT_FILTERS:
            query.pop(name, None)
        request.GET = query
        return self.model_admin.get_changelist_instance(request).queryset

    @property
    def filters(self) -> str:
        """The address of the rows as it is kept."""
        if ticked := self.request.GET.get(CHOSEN):
            return f"id__in={ticked.replace('.', ',')}"
        return filters_of(self.request)

    def choice(self, *, is_service: bool = False) -> Choice:
        """Who gets it at this moment."""
        return choose(self.model_admin.readers_for(self.rows), is_service=is_service)

    def form(self, data=None) -> MailingForm:
        """The letter."""
        may = self.request.user.has_perm("sistercities.send_service_notice")
        initial = {"reply_to": self.request.user.email}
        return MailingForm(data, may_notify=may, initial=initial, label_suffix="")

    def get(self, request: HttpRequest) -> HttpResponse:
        """An empty letter, and how many will get it."""
        return self.letter_page(self.form())

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Sending passes through the receipts of forms; everything else changes nothing but the
        outbox of whoever tries the letter out."""
        if "_send" in request.POST:
            return super().post(request, *args, **kwargs)
        form = self.form(request.POST)
        if not form.is_valid() or "_back" in request.POST:
            return self.letter_page(form)
        if "_test" in request.POST:
            here = (get_language() or "es")[:2]
            new = try_out(form.instance, request.user, here, self.nonce)
            text = (
                _("The test mail to %(to)s is on its way.")
                if new
                else _("This test mail was sent before. Change the letter to try it again.")
            )
            self.notice = text % {"to": request.user.email} if new else text
        return self.preview(form)

    def prepare_post(self) -> None:
        """Nothing outlasts a refused letter but what was typed."""

    def without_nonce(self) -> HttpResponse:
        """The preview again."""
        form = self.form(self.data)
        return self.preview(form) if form.is_valid() else self.letter_page(form)

    def act(self) -> HttpResponse:
        """Send exactly what was previewed, to exactly those."""
        form = self.form(self.data)
        if not form.is_valid():
            return self.letter_page(form)
        mailing = form.save(commit=False)
        choice = self.choice(is_service=mailing.is_service)
        if not choice.readers or self.data.get(FINGERPRINT) != choice.fingerprint:
            self.notice = _("Since you looked, other people would get it. Look again, then send.")
            return self.preview(form, choice)
        mailing.by = self.request.user
        mailing.source, mailing.filters = self.model_admin.opts.label_lower, self.filters[:2000]
        count = send(mailing, choice)
        words = ngettext(
            "%(n)s mail was put into the outbox.", "%(n)s mails were put into the outbox.", count
        )
        own = admin.site.get_model_admin(Mailing)
        own.log_addition(self.request, mailing, mailing.reason or words % {"n": count})
        messages.success(self.request, words % {"n": count})
        return HttpResponseRedirect(reverse("admin:sistercities_mailing_change", args=[mailing.pk]))

    def letter_page(self, form: MailingForm) -> HttpResponse:
        """The form, with what was typed and what is wrong with it."""
        more = {"form": form, "adminform": AdminForm(form, form.fieldsets, {})}
        return self.page("admin/mailing/letter.html", self.choice(), more)

    def preview(self, form: MailingForm, choice: Choice | None = None) -> HttpResponse:
        """Both texts as they will be read, all who get it, all who do not and why."""
        choice = choice or self.choice(is_service=form.cleaned_data.get("is_service", False))
        more = {"form": form, "notice": self.notice, "nonce": self.nonce, "nonce_name": NONCE}
        return self.page("admin/mailing/preview.html", choice, more)

    def page(self, template: str, choice: Choice, more: dict) -> HttpResponse:
        """What both pages show."""
        opts = self.model_admin.opts
        context = admin.site.each_context(self.request) | {
            "title": _("Write to: %(rows)s") % {"rows": capfirst(opts.verbose_name_plural)},
            "opts": opts,
            "choice": choice,
            "readers": choice.listed[:SHOWN],
            "more_readers": max(0, len(choice.readers) - SHOWN),
            "left_out": choice.left_out[:SHOWN],
            "more_left_out": max(0, len(choice.left_out) - SHOWN),
            "reasons": [(REASONS[key], n) for key, n in choice.reasons.items()],
            "list_url": f"{self.list_url}?{self.filters}",
            "fingerprint_name": FINGERPRINT,
        }
        return TemplateResponse(self.request, template, context | more)


@admin.register(Mailing)
class MailingAdmin(ReadOnlyAdmin):
    """What was written to whom: read only, with the way to the list and to the mails."""

    list_display = ("__str__", "list_name", "mails", "is_service", "by", "sent_at")
    list_filter = ("is_service", "source")
    search_fields = ("subject_es", "subject_en")
    row_relations = ("by",)
    date_hierarchy = "sent_at"
    fieldsets = (
        (None, {"fields": ("by", "sent_at", "rows_then", "mails_now", "left_out")}),
        (gettext_lazy("In Spanish"), {"fields": ("subject_es", "text_es")}),
        (gettext_lazy("In English"), {"fields": ("subject_en", "text_en")}),
        (None, {"fields": ("reply_to", "is_service", "reason")}),
    )
    readonly_fields = ("rows_then", "mails_now", "left_out")

    @admin.display(description=gettext_lazy("list"), ordering="source")
    def list_name(self, mailing: Mailing) -> str:
        """Whose list it was, in words."""
        found = list_of(mailing)
        return capfirst(found.opts.verbose_name_plural) if found else mailing.source

    @admin.display(description=gettext_lazy("rows of the list"))
    def rows_then(self, mailing: Mailing) -> str:
        """How many there were, and the same filters today."""
        found = list_of(mailing)
        if found is None:
            return f"{mailing.source}: {mailing.rows}"
        url = reverse(f"admin:{found.opts.app_label}_{found.opts.model_name}_changelist")
        text = f"{self.list_name(mailing)}: {mailing.rows}"
        return format_html('<a href="{}?{}">{}</a>', url, mailing.filters, text)

    @admin.display(description=gettext_lazy("mails"))
    def mails_now(self, mailing: Mailing) -> str:
        """What became of them, each a link into the outbox."""
        mails = OutgoingMail.objects.filter(purpose=PURPOSE, about=mailing.about).order_by()
        counted = dict(mails.values_list("state").annotate(n=Count("pk")))
        outbox = reverse("admin:sistercities_outgoingmail_changelist")
        shown = [
            (outbox, mailing.about, state.value, state.label, counted[state.value])
            for state in OutgoingMail.State
            if state.value in counted
        ]
        links = '<a href="{}?about={}&amp;state__exact={}">{}: {}</a>'
        return format_html_join(", ", links, shown) or str(mailing.mails)

    @admin.display(description=gettext_lazy("left out"))
    def left_out(self, mailing: Mailing) -> str:
        """How many for each reason."""
        parts = [f"{REASONS.get(key, key)}: {n}" for key, n in mailing.skipped.items()]
        return ", ".join(parts) or _("Nobody")


def list_of(mailing: Mailing) -> admin.ModelAdmin | None:
    """The admin of the list that it was written from."""
    for model, found in admin.site._registry.items():
        if model._meta.label_lower == mailing.source:
            return found
    return None
