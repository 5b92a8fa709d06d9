"""Writing to a committee without seeing its address, and going on with the conversation."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from committees import messaging
from committees.finding import living_committee
from committees.forms.contact import ContactForm, WritingForm
from committees.views.public_form import FormOfCommittee, PublicForm
from sistercities.links import LinkProblem, problem_page

LIMIT = "contact"


class Contact(FormOfCommittee):
    """The contact form of a committee."""

    counted_as = LIMIT
    template_name = "committees/contact.html"

    def new_form(self, data=None) -> ContactForm:
        """A first message."""
        return ContactForm(data)

    def facts(self) -> dict:
        """Whether anybody would read it."""
        return super().facts() | {"is_reachable": bool(messaging.readers_of(self.committee))}

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
class Conversation(PublicForm):
    """A conversation behind a signed link: of its visitor, or of who reads for the committee."""

    counted_as = LIMIT
    template_name = "committees/conversation.html"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Read the link; explain one that does not work."""
        try:
            self.thread, self.is_visitor = messaging.conversation_of(kwargs["token"])
        except LinkProblem as problem:
            return problem_page(request, problem)
        return super().dispatch(request, *args, **kwargs)

    def new_form(self, data=None) -> WritingForm:
        """One more message."""
        return WritingForm(data)

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
