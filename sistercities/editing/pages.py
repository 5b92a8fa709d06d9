"""What all form pages share: title, button, nonce, message, and the answer to a refused form."""

from crispy_forms.helper import FormHelper
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import TemplateResponseMixin, View
from django.views.generic.edit import FormMixin

from sistercities.editing import interrupted, uploading
from sistercities.editing.once import OncePost

INCOMPLETE = _("This form did not arrive whole. Check it and send it again.")
CONTRADICTION = _("This contradicts what is in the registry by now. Check the answers.")


class FormPage(OncePost, TemplateResponseMixin, FormMixin, View):
    """A form on a page. Subclasses say what happens in `act`; see views.py."""

    template_name = "editing/form.html"
    base_template = "editing/base.html"
    """The page around it; must have the blocks `title` and `desk_content`."""
    title = ""
    intro = ""
    button = _("Save the changes")
    is_dangerous = False
    message = _("Saved.")
    back_url = ""
    incomplete = INCOMPLETE
    """What is said above a form that comes back without having been refused."""

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        """What was typed while a login ended comes back once, as a form that did not arrive."""
        if request.method == "GET" and (typed := interrupted.take(request)):
            request.method, request.POST = "POST", typed
            self.incomplete = interrupted.STILL_HERE
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs) -> HttpResponse:
        """The form."""
        return self.shown(self.get_form())

    def prepare_post(self) -> None:
        """Keep the files that came, before anything can be refused."""
        uploading.receive(self)

    def without_nonce(self) -> HttpResponse:
        """The form again, filled in."""
        form = self.get_form()
        form.add_error(None, self.incomplete)
        return self.shown(form)

    def shown(self, form: BaseForm, **context) -> HttpResponse:
        """The page with this form; a refused one has its errors."""
        return self.render_to_response(self.get_context_data(form=form, **context))

    def done(self, url: str, message: str | None = None) -> HttpResponse:
        """Lead on, with a word that stays on the next page."""
        text = self.get_message() if message is None else message
        if text:
            messages.success(self.request, text)
        return HttpResponseRedirect(url)

    # What subclasses may say in their own way

    def get_title(self) -> str:
        """The heading and the title of the window."""
        return self.title

    def get_message(self) -> str:
        """The banner of the next page."""
        return self.message

    def get_back_url(self) -> str:
        """Where the Back link leads; no link when empty."""
        return self.back_url

    def upload_owner(self) -> int | None:
        """Whose quota files count for: the committee's number, when the page has one."""
        return getattr(getattr(self, "committee", None), "pk", None)

    # Django's hooks

    def get_form_kwargs(self) -> dict:
        """What was sent, tidied; files are kept already and come as text."""
        kwargs = super().get_form_kwargs()
        if self.request.method == "POST":
            kwargs |= {"data": self.data, "files": self.files}
        return kwargs

    def get_form(self, form_class=None) -> BaseForm:
        """The form, drawn by our pack without a <form> of its own."""
        form = uploading.belongs_to(self.upload_owner(), super().get_form(form_class))
        form.use_required_attribute = False
        helper = getattr(form, "helper", None) or FormHelper(form)
        helper.form_tag, helper.disable_csrf = False, True
        helper.template = "registry/display_form.html"
        form.helper = helper
        return form

    def get_context_data(self, **kwargs) -> dict:
        """What templates/editing needs."""
        return {
            "base_template": self.base_template,
            "title": self.get_title(),
            "intro": self.intro,
            "button": self.button,
            "is_dangerous": self.is_dangerous,
            "back_url": self.get_back_url(),
            "nonce": self.nonce,
        } | super().get_context_data(**kwargs)
