"""A long form in steps: kept on the server from the first Continue, checked on one page, sent once.

Everyone who shares the desk sees the same draft; see README.md for how to write one.
"""

from abc import abstractmethod
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import resolve, reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from sistercities.editing import drafts, uploading, versions
from sistercities.editing.names import LastEditor
from sistercities.editing.once import new_nonce
from sistercities.editing.pages import CONTRADICTION, FormPage
from sistercities.models import Attachment, Draft, FormReceipt

CHECK = "check"
LATER = "_later"
REFUSED = "refused"
"""In an address: show what is wrong with the answers that the draft has."""
CHANGED = _("The answers changed in the meantime. Check them again.")


@dataclass(frozen=True)
class Step:
    """One page of questions. `key` stands in the address: short, without a language."""

    key: str
    title: str
    form_class: type[forms.Form]
    intro: str = ""


class StepsView(FormPage):
    """Serves all pages of one kind of draft: start, one per step, and the check-answers page.

    Addresses: `start_url_name` without, `step_url_name` with `<int:draft>/<slug:step>/`; what else
    the address has, such as the committee's slug, is carried along.
    """

    kind = ""
    steps: list[Step]
    start_url_name = ""
    step_url_name = ""
    throw_away_url_name = ""
    later_url = ""
    button = _("Continue")
    finish_button = _("Send")
    template_name = "editing/step.html"
    check_template_name = "editing/check.html"
    conflict_template_name = "editing/conflict.html"
    later_message = _("Kept. You find it among the drafts.")
    draft: Draft | None = None
    kept_url = ""
    """Where a refused answer was kept."""
    shows_errors = began_it = False
    problem_url = ""
    """Where the sentence of a refused act leads."""

    # What subclasses say

    @abstractmethod
    def finish(self, answers: dict[str, dict]) -> str:
        """The act, in a transaction: `answers[step][field]`, cleaned. Says where to go on.

        A ValidationError is shown above the answers. Attachments are for it to keep or hand over.
        """

    def draft_owner(self) -> int:
        """Whose draft it is: the committee's number."""
        return self.upload_owner()

    def step_kwargs(self, step: Step) -> dict:
        """What else the form of a step needs, such as the committee."""
        return {}

    def draft_title(self, stored: Draft) -> str:
        """How the draft is called in lists, by what was answered so far."""
        return str(self.get_title())

    def get_later_url(self) -> str:
        """Where "Save and come back later" leads."""
        return str(self.later_url)

    # Addresses

    def url_of(self, key: str) -> str:
        """The address of a step of this draft, or of the check page."""
        kept = {k: v for k, v in self.kwargs.items() if k not in ("draft", "step")}
        return reverse(self.step_url_name, kwargs=kept | {"draft": self.draft.pk, "step": key})

    def start_url(self) -> str:
        """The address where a new draft begins."""
        kept = {k: v for k, v in self.kwargs.items() if k not in ("draft", "step")}
        return reverse(self.start_url_name, kwargs=kept)

    def throw_away_url(self) -> str:
        """The address that asks before this draft goes (see throwing.py)."""
        if self.draft is None or not self.throw_away_url_name:
            return ""
        kept = {k: v for k, v in self.kwargs.items() if k not in ("draft", "step")}
        return reverse(self.throw_away_url_name, kwargs=kept | {"draft": self.draft.pk})

    def get_back_url(self) -> str:
        """The step before; from the check page the last one."""
        if self.draft is None:
            return self.back_url or self.get_later_url()
        keys = [step.key for step in self.steps]
        at = len(keys) if self.step is None else keys.index(self.step.key)
        if self.returns and self.step is not None:
            return self.url_of(CHECK)
        return self.url_of(keys[at - 1]) if at else self.back_url or self.get_later_url()

    @property
    def returns(self) -> bool:
        """Whether the reader came from the check page and goes back to it."""
        return self.request.GET.get("from") == CHECK

    # Requests

    def load(self) -> None:
        """The draft and the step of this address; 404 for another owner's."""
        if "draft" in self.kwargs:
            found = Draft.objects.of(self.draft_owner(), self.kind)
            self.draft = get_object_or_404(found, pk=self.kwargs["draft"])
        if self.draft is None and "step" in self.kwargs:
            raise Http404
        self.step  # noqa: B018 - 404 for an unknown one

    @cached_property
    def step(self) -> Step | None:
        """The step of this address; None on the check page."""
        key = self.kwargs.get("step", self.steps[0].key)
        if key == CHECK:
            return None
        found = next((step for step in self.steps if step.key == key), None)
        if found is None:
            raise Http404
        return found

    @property
    def changed_content_is_new(self) -> bool:
        """A step may be answered again; a draft begins and ends once."""
        return self.draft is not None or "draft" in self.kwargs

    def get(self, request, *args, **kwargs) -> HttpResponse:
        """The questions, or all answers."""
        self.load()
        if self.step is None:
            return self.checked([])
        self.shows_errors = REFUSED in request.GET and self.draft is not None
        return super().get(request, *args, **kwargs)

    def prepare_post(self) -> None:
        """Find the draft, then keep the files that came."""
        self.load()
        super().prepare_post()

    def without_nonce(self) -> HttpResponse:
        """The page again."""
        return self.checked([CHANGED]) if self.step is None else super().without_nonce()

    def act(self) -> HttpResponse:
        """Keep the answers and go on; or, on the check page, finish."""
        if self.draft is not None:
            locked = Draft.objects.select_for_update()
            self.draft = get_object_or_404(locked, pk=self.draft.pk)
        if self.step is None:
            return self.act_finish()
        stored = self.get_form(bound=False)
        versions.take_choices(self.data, stored)
        form = self.get_form()
        shown = versions.Shown.read(self.data.get(versions.VERSION, ""), self.subject())
        asks = self.draft is not None and not self.began_it
        choices = versions.conflicts(form, stored, shown) if asks else []
        if choices:
            return self.ask(form, stored, choices)
        if LATER in self.data:
            self.keep(form)
            return self.done(self.get_later_url(), self.later_message)
        if not form.is_valid():
            return self.refused(form)
        self.keep(form)
        return HttpResponseRedirect(self.next_url())

    def refused(self, form: forms.Form) -> HttpResponse:
        """The page with its errors. What was typed is kept all the same, so that it outlasts a
        closed window; an empty page makes no draft."""
        if self.draft is None and drafts.is_empty(drafts.typed(form, self.data)):
            return self.shown(form)
        self.keep(form)
        kept = {REFUSED: "1"} | ({"from": CHECK} if self.returns else {})
        self.kept_url = f"{self.url_of(self.step.key)}?{urlencode(kept)}"
        return self.shown(form)

    def leads_to(self, response: HttpResponse) -> str:
        """A refused answer that was kept is kept once."""
        return super().leads_to(response) or self.kept_url

    def already_done(self, receipt: FormReceipt, is_same: bool) -> HttpResponse:
        """Who goes back to the first page after a refusal, and mends it there, goes on with the
        draft that it began."""
        begun = receipt.result_url.partition("?")
        if is_same or self.draft is not None or not begun[2].startswith(REFUSED):
            return super().already_done(receipt, is_same)
        number = resolve(begun[0]).kwargs.get("draft")
        self.draft = Draft.objects.of(self.draft_owner(), self.kind).filter(pk=number).first()
        if self.draft is None:
            return super().already_done(receipt, is_same)
        self.began_it = self.draft.changed_by_id == self.request.user.pk
        with transaction.atomic():
            response = self.act()
            if not self.leads_to(response):
                transaction.set_rollback(True)
        return response

    @property
    def nonce(self) -> str:
        """A new one for what was kept: the next press is another act."""
        return new_nonce() if self.kept_url else super().nonce

    def next_url(self) -> str:
        """The next step, or the check page at the end and for who came from there."""
        keys = [step.key for step in self.steps] + [CHECK]
        return self.url_of(CHECK if self.returns else keys[keys.index(self.step.key) + 1])

    def keep(self, form: forms.Form) -> None:
        """Write what was typed into the draft, a new one at the first time."""
        draft = self.draft or Draft(owner=self.draft_owner(), kind=self.kind, version=0)
        draft.answer(self.step.key, drafts.typed(form, self.data), by=self.request.user)
        self.draft = draft
        title = self.draft_title(draft)[:200]
        if title != draft.title:
            draft.title = title
            draft.save(update_fields=["title"])
        for name in form.fields:
            value = form[name].value()
            attachment = value.attachment() if isinstance(value, uploading.Sent) else None
            if attachment and attachment.kept_at is None:
                Attachment.objects.filter(pk=attachment.pk).update(draft=draft)

    # The check page

    def answered(self, step: Step) -> forms.Form:
        """The form of a step with what the draft has."""
        data = drafts.stored(self.draft, step.key)
        form = step.form_class(data=data, **self.step_kwargs(step))
        form.use_required_attribute = False
        return uploading.belongs_to(self.upload_owner(), form)

    def act_finish(self) -> HttpResponse:
        """Do it once, when every step is answered and nobody changed an answer since."""
        if self.data.get(versions.VERSION) != str(self.draft.version):
            return self.checked([CHANGED])
        filled = {step.key: self.answered(step) for step in self.steps}
        if not all(form.is_valid() for form in filled.values()):
            return self.checked([])
        try:
            with transaction.atomic():
                url = self.finish({key: form.cleaned_data for key, form in filled.items()})
                self.draft.delete()
        except ValidationError as error:
            return self.checked(error.messages)
        except IntegrityError:
            return self.checked([CONTRADICTION])
        return self.done(url)

    def checked(self, problems: list[str]) -> HttpResponse:
        """All answers with a link to change each; on a POST also what is missing."""
        was_sent = self.request.method == "POST"
        sections, missing = [], []
        for step in self.steps:
            form = self.answered(step)
            url = f"{self.url_of(step.key)}?from={CHECK}"
            rows = [
                {
                    "label": form[name].label,
                    "value": versions.in_words(form[name]),
                    "url": f"{url}#{form[name].auto_id}",
                }
                for name in form.fields
            ]
            is_whole = form.is_valid()
            if not is_whole:
                missing.append({"title": step.title, "url": url})
            sections.append({"step": step, "url": url, "rows": rows, "is_whole": is_whole})
        context = self.get_context_data(
            form=forms.Form(),
            sections=sections,
            missing=missing if was_sent else [],
            problems=problems,
            problem_url=self.problem_url,
            has_error=bool(was_sent and (missing or problems)),
            version=str(self.draft.version),
        )
        return self.answer(self.check_template_name, context)

    # Rendering

    def get_form_class(self) -> type[forms.Form]:
        """The step's."""
        return self.step.form_class if self.step else forms.Form

    def get_form(self, form_class=None, *, bound: bool = True) -> forms.Form:
        """The step's form; unbound it shows what the draft has."""
        self.is_bound = bound
        return super().get_form(form_class)

    def get_form_kwargs(self) -> dict:
        """What was sent, or what the draft has."""
        kwargs = super().get_form_kwargs()
        if not self.is_bound:
            kwargs |= {"data": None, "files": None}
        if self.step is None:
            return kwargs
        if self.is_bound and self.shows_errors:
            kwargs |= {"data": drafts.stored(self.draft, self.step.key), "files": None}
        kwargs |= self.step_kwargs(self.step)
        if self.draft is not None and self.step.key in self.draft.data:
            before = self.answered(self.step)
            kwargs["initial"] = {name: before[name].value() for name in before.fields}
        return kwargs

    def action_url(self) -> str:
        """Where the form of a draft that was just begun goes; empty for the page's own address."""
        if not self.kept_url:
            return ""
        query = self.request.GET.urlencode()
        return self.url_of(self.step.key) + (f"?{query}" if query else "")

    def subject(self) -> str:
        """What a version is a version of."""
        return f"draft:{self.draft.pk if self.draft else ''}:{self.step.key}"

    def ask(self, form: forms.Form, stored: forms.Form, choices: list) -> HttpResponse:
        """The page with both values of each field."""
        context = self.get_context_data(
            form=form,
            choices=choices,
            carried=versions.carried(self.data),
            version=versions.token(stored, self.subject()),
        )
        return self.answer(self.conflict_template_name, context, status=409)

    def answer(self, template: str, context: dict, status: int = 200) -> HttpResponse:
        """A page by another template."""
        return self.response_class(
            request=self.request, template=[template], context=context, status=status
        )

    def get_context_data(self, **kwargs) -> dict:
        """With the step, where it stands among the others, and who touched the draft last."""
        context = super().get_context_data(**kwargs)
        if "version" not in context:
            sent = self.request.method == "POST" and not self.kept_url
            context["version"] = (
                self.data.get(versions.VERSION, "")
                if sent
                else versions.token(self.get_form(bound=False), self.subject())
            )
        if self.draft is not None:
            by, at = self.draft.changed_by, self.draft.changed_at
            context["editor"] = LastEditor.named(by, at, self.request.user)
        else:
            context["drafts"] = [
                {
                    "title": draft.title,
                    "url": reverse(
                        self.step_url_name,
                        kwargs=self.kwargs | {"draft": draft.pk, "step": CHECK},
                    ),
                    "editor": LastEditor.named(
                        draft.changed_by, draft.changed_at, self.request.user
                    ),
                }
                for draft in Draft.objects.of(self.draft_owner(), self.kind)[:20]
            ]
        keys = [step.key for step in self.steps]
        return context | {
            "step": self.step,
            "step_number": keys.index(self.step.key) + 1 if self.step else 0,
            "step_count": len(keys),
            "draft": self.draft,
            "action_url": self.action_url(),
            "finish_button": self.finish_button,
            "throw_away_url": self.throw_away_url(),
            "later_url": self.get_later_url(),
        }
