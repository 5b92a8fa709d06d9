"""A form does its work once: double click, retry and back button lead to the first result.

Every form carries a nonce. The first POST writes a receipt in the transaction of its work; whoever
comes with the same nonce waits for that transaction and is sent where the first one went.
"""

import hashlib
import re
import secrets
from abc import ABC, abstractmethod

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from sistercities.models import FormReceipt

NONCE = "_nonce"
_NONCE = re.compile(r"[\w-]{16,64}\Z", re.ASCII)
_OURS = {"csrfmiddlewaretoken", NONCE}


def new_nonce() -> str:
    """128 random bits."""
    return secrets.token_urlsafe(16)


class OncePost(ABC):
    """Mixin for views: `post` calls `act` at most once per form, inside one transaction.

    What `act` answers is kept when it leads somewhere (`leads_to`); anything else (the form again
    with its errors) rolls the transaction back, and the same form may be sent again.
    `prepare_post` runs before, outside of the transaction.
    """

    changed_content_is_new = False
    """Whether the same form with another content is another act (edits: yes, creations: no)."""

    request: HttpRequest
    data: QueryDict

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Do what the form asks, or show where it led the first time."""
        self.data = tidy(request.POST)
        self.files = request.FILES
        key, content = self.receipt_key(), fingerprint(self.data, request.FILES)
        if key is None:
            self.prepare_post()
            return self.without_nonce()
        if first := self.receipt(key):
            return self.already_done(first, first.content == content)
        try:
            self.prepare_post()
        except Http404:  # the first of two has just done its work, and its draft is gone
            if first := self.receipt(key):
                return self.already_done(first, first.content == content)
            raise
        user = request.user if request.user.is_authenticated else None
        with transaction.atomic():
            receipt = FormReceipt(nonce=key, user=user, content=content)
            try:
                with transaction.atomic():
                    receipt.save(force_insert=True)  # waits for one that is under way
            except IntegrityError:
                first = FormReceipt.objects.get(nonce=key)
                return self.already_done(first, first.content == content)
            response = self.act()
            if url := self.leads_to(response):
                receipt.result_url = url
                receipt.save(update_fields=["result_url"])
            else:
                transaction.set_rollback(True)
        return response

    @abstractmethod
    def prepare_post(self) -> None:
        """What must outlast a refused form, such as the files that came with it."""

    @abstractmethod
    def act(self) -> HttpResponse:
        """The work: a redirect when it is done, a page when it is not."""

    def leads_to(self, response: HttpResponse) -> str:
        """Where the same form leads when it is sent again; empty when nothing was done."""
        return response.headers["Location"] if 300 <= response.status_code < 400 else ""

    @abstractmethod
    def without_nonce(self) -> HttpResponse:
        """The form was incomplete; nothing was done."""

    @staticmethod
    def receipt(key: str) -> FormReceipt | None:
        """What the same form has led to."""
        return FormReceipt.objects.filter(nonce=key).first()

    @property
    def nonce(self) -> str:
        """For the form of this answer: the posted one, which nobody has used up, or a new one."""
        posted = self.request.POST.get(NONCE, "")
        return posted if _NONCE.match(posted) else new_nonce()

    def receipt_key(self) -> str | None:
        """Whose form at which address this is; None without a nonce."""
        nonce = self.request.POST.get(NONCE, "")
        if not _NONCE.match(nonce):
            return None
        parts = [str(self.request.user.pk), self.request.path, nonce]
        if self.changed_content_is_new:
            parts.append(fingerprint(self.data, self.request.FILES))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def already_done(self, receipt: FormReceipt, is_same: bool) -> HttpResponse:
        """Where the first one led; with a word when something else was typed since."""
        if not is_same:
            text = _("This form was sent before. What you changed in it since was not saved.")
            messages.warning(self.request, text)
        return HttpResponseRedirect(receipt.result_url)


def tidy(posted: QueryDict) -> QueryDict:
    """A copy that may be changed, with line ends as they are stored and counted."""
    data = posted.copy()
    for name in data:
        data.setlist(name, [value.replace("\r\n", "\n") for value in data.getlist(name)])
    return data


def fingerprint(data: QueryDict, files) -> str:
    """Equal for the same content sent again."""
    seen = hashlib.sha256()
    for name in sorted(set(data) - _OURS):
        seen.update(repr((name, data.getlist(name))).encode("utf-8", "surrogatepass"))
    for name in sorted(files):
        seen.update(repr((name, [(f.name, f.size) for f in files.getlist(name)])).encode())
    return seen.hexdigest()
