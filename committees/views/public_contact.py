"""Writing to a committee without seeing its address, and going on with the conversation."""

from abc import abstractmethod

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django.views.generic import View

from committees import messaging
from committees.finding import living_committee
from committees.forms.contact import ContactForm, WritingForm
from sistercities.editing.once import OncePost
from sistercities.limits import HOUR, address_of, is_too_often
from sistercities.links import LinkProblem, problem_page

MOST_AN_HOUR = 5


class Writing(OncePost, View):
    """A form to write a message; five an hour from one network address."""

    form_class: type[WritingForm]
    template_name: str
    http_method_names = ("get", "head", "post", "options")

    @abstractmethod
    def facts(self) -> dict:
        """What the page shows beside the form."""

    @abstractmethod
    def keep(self, form: WritingForm) -> HttpResponse:
        """Keep the message and lead on."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """The empty form."""
        return self.page(self.form_class())

    def prepare_post(self) -> None:
        """Count a message before its transaction, so that all processes see it."""
        self.form = self.form_class(self.data)
        self.is_too_often = self.form.is_valid() and is_too_often(
            "contact", address_of(self.request), most=MOST_AN_HOUR
        )

    def without_nonce(self) -> HttpResponse:
        """A form that did not come from our page: shown again."""
        return self.page(self.form)

    def act(self) -> HttpResponse:
        """Keep it, unless something is missing or there were too many."""
        if not self.form.is_valid():
            return self.page(self.form)
        if self.is_too_often:
            response = self.page(self.form, status=429)
            response.headers["Retry-After"] = str(int(HOUR.total_seconds()))
            return response
        return self.keep(self.form)

    def page(self, form: WritingForm, status: int = 200) -> HttpResponse:
        """The page with the form."""
        facts = {"form": form, "nonce": self.nonce, "is_too_often": status == 429}
        return render(self.request, self.template_name, facts | self.facts(), status=status)


@method_decorator(login_not_required, name="dispatch")
class Contact(Writing):
    """The contact form of a committee."""

    form_class = ContactForm
    template_name = "committees/contact.html"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Find the committee; an old address leads to the new one."""
        self.committee = living_committee(kwargs["slug"])
        if self.committee.slug != kwargs["slug"]:
            return redirect("public:committee-contact", self.committee.slug, permanent=True)
        return super().dispatch(request, *args, **kwargs)

    def facts(self) -> dict:
        """Whether anybody would read it."""
        readers = messaging.readers_of(self.committee)
        return {"committee": self.committee, "is_reachable": bool(readers)}

    def keep(self, form: ContactForm) -> HttpResponse:
        """Begin a conversation; what a program filled in is dropped without a word."""
        if not messaging.readers_of(self.committee):
            return self.page(form)
        if not form.is_trapped:
            messaging.begin(
                self.committee,
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                text=form.cleaned_data["text"],
                language=(get_language() or "es").partition("-")[0],
            )
        return redirect("public:committee-contact-sent", self.committee.slug)


@login_not_required
@require_safe
def contact_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens next."""
    return render(request, "committees/contact_sent.html", {"committee": living_committee(slug)})


@method_decorator(login_not_required, name="dispatch")
class Conversation(Writing):
    """A conversation behind a signed link: of its visitor, or of who reads for the committee."""

    form_class = WritingForm
    template_name = "committees/conversation.html"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Read the link; explain one that does not work."""
        try:
            self.thread, self.is_visitor = messaging.conversation_of(kwargs["token"])
        except LinkProblem as problem:
            return problem_page(request, problem)
        return super().dispatch(request, *args, **kwargs)

    def facts(self) -> dict:
        """All messages, and whose link it is."""
        return {
            "thread": self.thread,
            "committee": self.thread.committee,
            "said": self.thread.messages.all(),
            "is_visitor": self.is_visitor,
            "was_sent": "sent" in self.request.GET,
        }

    def keep(self, form: WritingForm) -> HttpResponse:
        """Add a message; nothing is added to what is closed."""
        if self.thread.closed_at:
            return self.page(form)
        if self.is_visitor:
            messaging.visitor_writes(self.thread, form.cleaned_data["text"])
        else:
            messaging.committee_answers(self.thread, form.cleaned_data["text"])
        here = redirect("public:conversation", self.kwargs["token"])
        here.headers["Location"] += "?sent=1"
        return here
