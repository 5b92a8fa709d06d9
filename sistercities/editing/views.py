"""Views to build on: `CreateView`, `EditView`, `ActView`. Set them behind a mixin that says who
may come in; they ask no rights themselves. See README.md."""

from abc import abstractmethod

from django.contrib.messages import info
from django.db import IntegrityError, models, transaction
from django.forms import BaseForm, ModelForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sistercities.admin.reasons import LONGEST_REASON
from sistercities.admin.registry import sentence_for
from sistercities.editing import uploading, versions
from sistercities.editing.names import LastEditor
from sistercities.editing.pages import CONTRADICTION, FormPage


class ActView(FormPage):
    """One act behind one button, with a form of questions or none: `do(form)` says where to go."""

    template_name = "editing/form.html"

    def act(self) -> HttpResponse:
        """Do it when all questions are answered."""
        form = self.get_form()
        if not form.is_valid():
            return self.shown(form)
        try:
            with transaction.atomic():
                url = self.do(form)
        except IntegrityError:  # somebody else's act came in between
            form.add_error(None, CONTRADICTION)
        return self.shown(form) if form.errors else self.done(url)

    @abstractmethod
    def do(self, form: BaseForm) -> str:
        """The act, in a transaction; the address to go on to. `form.add_error` takes it back."""


class ModelFormPage(FormPage):
    """Saves a model form with its reason; constraints of the database become sentences."""

    model: type[models.Model]
    form_class: type[ModelForm]
    object: models.Model | None = None
    history_reason = ""
    success_url = ""

    def get_form_kwargs(self) -> dict:
        """With the object that the form is about."""
        return super().get_form_kwargs() | {"instance": self.object}

    def get_reason(self, form: ModelForm) -> str:
        """Why, for the history: what the form's field `reason` says, or `history_reason`."""
        return str(form.cleaned_data.get("reason") or self.history_reason)[:LONGEST_REASON]

    def get_success_url(self) -> str:
        """Where a saved form leads: `success_url`, or the page of the object."""
        return str(self.success_url) or self.object.get_absolute_url()

    def save(self, form: ModelForm) -> models.Model:
        """Write the object; override for what belongs to it, and call this first."""
        return form.save()

    def after_save(self, form: ModelForm) -> None:
        """What must be recomputed, in the same transaction. Saving a `Published` object moves the
        registry's version on by itself; bulk work here calls `RegistryVersion.move_on()`."""

    def saved(self, form: ModelForm) -> HttpResponse:
        """Save and lead on; the form again when the database says no."""
        form.instance._change_reason = self.get_reason(form) or None
        try:
            with transaction.atomic():
                self.object = self.save(form)
                uploading.settle(form)
                self.after_save(form)
        except IntegrityError as error:
            form.add_error(None, sentence_for(error, type(form.instance)))
        if form.errors:
            return self.shown(form)
        return self.done(self.get_success_url())


class CreateView(ModelFormPage):
    """Makes one new object per form."""

    button = gettext_lazy("Add")

    def new_object(self) -> models.Model:
        """An object with all that the form does not ask, such as whose it is."""
        return self.form_class._meta.model()

    def get_form_kwargs(self) -> dict:
        """Always a fresh object."""
        return super().get_form_kwargs() | {"instance": self.new_object()}

    def act(self) -> HttpResponse:
        """Save it when it is valid."""
        form = self.get_form()
        return self.saved(form) if form.is_valid() else self.shown(form)


class EditOneView(ModelFormPage):
    """Changes an object, and asks when somebody else changed the same fields in the meantime."""

    changed_content_is_new = True
    conflict_template_name = "editing/conflict.html"

    @abstractmethod
    def get_object(self) -> models.Model:
        """The object, when this user may change it; else 404."""

    def get(self, request, *args, **kwargs) -> HttpResponse:
        """The form as the object is now."""
        self.object = self.get_object()
        return super().get(request, *args, **kwargs)

    def without_nonce(self) -> HttpResponse:
        """The form again, filled in."""
        self.object = self.get_object()
        return super().without_nonce()

    def act(self) -> HttpResponse:
        """Save what changed; ask where two people disagree."""
        self.object = self.locked(self.get_object())
        stored = self.stored_form()
        versions.take_choices(self.data, stored)
        form = self.get_form()
        if not form.is_valid():
            return self.shown(form)
        shown = versions.Shown.read(self.data.get(versions.VERSION, ""), self.subject())
        choices = versions.conflicts(form, stored, shown)
        if choices:
            return self.ask(form, stored, choices, shown)
        if not versions.changed(form, stored):
            info(self.request, _("You changed nothing."))
            return HttpResponseRedirect(self.get_success_url())
        return self.saved(form)

    def locked(self, found: models.Model) -> models.Model:
        """The object as it is now; whoever else wants to change it waits for us."""
        return type(found)._base_manager.select_for_update().get(pk=found.pk)

    def stored_form(self) -> ModelForm:
        """The form as it would be shown now."""
        kwargs = self.get_form_kwargs()
        form = self.get_form_class()(**(kwargs | {"data": None, "files": None}))
        for name in form.fields:
            form[name].value()  # now, before a bound form changes the object
        return form

    def subject(self) -> str:
        """What a version is a version of."""
        return f"{self.object._meta.label_lower}:{self.object.pk}"

    def ask(
        self,
        form: ModelForm,
        stored: ModelForm,
        choices: list[versions.Choice],
        shown: versions.Shown,
    ) -> HttpResponse:
        """The page with both values of each field. Saving it carries the version of now."""
        context = self.get_context_data(
            form=form,
            choices=choices,
            carried=versions.carried(self.data),
            editor=LastEditor.of(self.object, shown.moment, self.request.user),
            version=versions.token(stored, self.subject(), LastEditor.moment(self.object)),
        )
        return self.response_class(
            request=self.request,
            template=[self.conflict_template_name],
            context=context,
            using=self.template_engine,
            status=409,
        )

    def get_context_data(self, **kwargs) -> dict:
        """With the version that the form shows; a refused form keeps its own."""
        context = super().get_context_data(**kwargs)
        if "version" not in context:
            sent = self.request.method == "POST"
            context["version"] = self.data.get(versions.VERSION, "") if sent else self.token()
        return context

    def token(self) -> str:
        """The version of the object as it is shown."""
        moment = LastEditor.moment(self.object)
        return versions.token(self.stored_form(), self.subject(), moment)


class EditView(EditOneView):
    """Changes one of several objects: the one whose number stands in the address."""

    @abstractmethod
    def get_queryset(self) -> models.QuerySet:
        """The objects that this user may change; scope it."""

    def get_object(self) -> models.Model:
        """The object of this address, 404 when it is not among them."""
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])
