"""A tiny desk for the tests: donations and committees behind the pages of `editing`."""

from django import forms
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from committees.models import Committee
from relationships.models import Donation, Tie
from sistercities.editing.views import ActView, CreateView, EditView
from sistercities.urls import urlpatterns as everything


class DonationForm(forms.ModelForm):
    class Meta:
        model = Donation
        fields = [
            *("tie", "kind", "given_by", "date", "amount", "currency"),
            *("description_en", "acknowledged_on", "is_demo"),
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tie"].queryset = Tie.objects.select_related("city_a", "city_b")


class EditDonation(EditView):
    form_class = DonationForm
    title = "Donation"
    success_url = "/en/done/"
    history_reason = "Corrected at the desk"
    saved_donations: list[int] = []

    def get_queryset(self):
        return Donation.objects.filter(review="published")

    def after_save(self, form):
        self.saved_donations.append(form.instance.pk)


class AddDonation(CreateView):
    form_class = DonationForm
    title = "New donation"
    message = "Thank you."

    def new_object(self):
        return Donation(review="draft")

    def get_success_url(self):
        return f"/en/donation/{self.object.pk}/"


class CommitteeForm(forms.ModelForm):
    reason = forms.CharField(required=False)

    class Meta:
        model = Committee
        fields = ["name", "founded", "dissolved", "colour", "parent", "about_en"]
        widgets = {"about_en": forms.Textarea, "colour": forms.RadioSelect}


class EditCommittee(EditView):
    form_class = CommitteeForm
    title = "Committee"
    success_url = "/en/done/"

    def get_queryset(self):
        return Committee.objects.all()


class Dissolve(ActView):
    form_class = forms.Form
    title = "Dissolve"
    button = "Dissolve the committee"
    is_dangerous = True

    def do(self, form):
        committee = Committee.objects.get(pk=self.kwargs["pk"])
        if committee.state == "dissolved":
            form.add_error(None, "It is dissolved already.")
        committee.state = "dissolved"
        committee.save()
        return "/en/done/"


def done(request: HttpRequest) -> HttpResponse:
    return render(request, "editing/base.html")


pages = [
    path("done/", done),
    path("add/", AddDonation.as_view()),
    path("donation/<int:pk>/", EditDonation.as_view()),
    path("committee/<int:pk>/", EditCommittee.as_view()),
    path("dissolve/<int:pk>/", Dissolve.as_view()),
]
urlpatterns = [*i18n_patterns(path("", include(pages))), *everything]
