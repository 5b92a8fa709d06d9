"""A tiny desk for the tests: donations and committees behind the pages of `editing`."""

from django import forms
from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from committees.models import Committee
from relationships.models import Donation, Evidence, Tie
from sistercities import uploads
from sistercities.editing import serving
from sistercities.editing.steps import Step, StepsView
from sistercities.editing.throwing import ThrowsAway
from sistercities.editing.uploading import UploadField
from sistercities.editing.views import ActView, CreateView, EditView
from sistercities.partialdates import PartialDateFormField
from tests.sistercities.frame_urls import urlpatterns as frame


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


class PaperForm(forms.ModelForm):
    document = UploadField(purpose="tests.paper")
    photo = UploadField(purpose="tests.photo", kinds=(uploads.PICTURE,), required=False)

    class Meta:
        model = Evidence
        fields = ["title"]

    def save(self, commit=True):
        self.cleaned_data["document"].hand_over(self.instance)
        return super().save(commit)


class AddPaper(CreateView):
    form_class = PaperForm
    title = "A paper"
    success_url = "/en/done/"

    def upload_owner(self):
        return 7

    def new_object(self):
        return Evidence(tie=Tie.objects.get(), kind="press")


class FromTo(forms.Form):
    giver = forms.CharField(max_length=40)
    kind = forms.ChoiceField(choices=Donation.Kind.choices)
    date = PartialDateFormField()


class Amount(forms.Form):
    amount = forms.DecimalField(min_value=1)
    is_estimate = forms.BooleanField(required=False)
    photo = UploadField(purpose="tests.photo", kinds=(uploads.PICTURE,), required=False)


class Give(StepsView):
    kind = "gift"
    title = "A gift"
    finish_button = "Send to the association"
    steps = [Step("who", "Who gave", FromTo), Step("amount", "How much", Amount)]
    start_url_name = "give"
    step_url_name = "give-step"
    throw_away_url_name = "give-throw-away"
    later_url = "/en/done/"
    message = "Sent."

    def upload_owner(self):
        return 7 if self.request.user.name in ("Ana", "Ben") else 8

    def draft_title(self, stored):
        return f"Gift of {stored.data.get('who', {}).get('giver', ['somebody'])[0]}"

    def finish(self, answers):
        who, amount = answers["who"], answers["amount"]
        if who["giver"] == "Nobody":
            raise ValidationError("Nobody gives nothing.")
        row = Donation.objects.create(
            tie=Tie.objects.get(),
            kind=who["kind"],
            given_by="a",
            date=who["date"],
            amount=amount["amount"],
            currency="USD",
            description_en=who["giver"],
        )
        if amount["photo"]:
            amount["photo"].keep()
        return f"/en/donation/{row.pk}/"


class ThrowAwayGift(ThrowsAway, Give):
    pass


def done(request: HttpRequest) -> HttpResponse:
    return render(request, "editing/base.html")


pages = [
    path("give/", Give.as_view(), name="give"),
    path("give/<int:draft>/throw-away/", ThrowAwayGift.as_view(), name="give-throw-away"),
    path("give/<int:draft>/<slug:step>/", Give.as_view(), name="give-step"),
    path("done/", done),
    path("add/", AddDonation.as_view()),
    path("donation/<int:pk>/", EditDonation.as_view()),
    path("papers/add/", AddPaper.as_view()),
    path("committee/<int:pk>/", EditCommittee.as_view()),
    path("dissolve/<int:pk>/", Dissolve.as_view()),
]
urlpatterns = [
    path("files/<slug:key>/", serving.attachment, name="attachment"),
    path("files/<slug:key>/thumb/", serving.attachment, {"thumb": True}, name="attachment-thumb"),
    *i18n_patterns(path("", include(pages))),
    *frame,
]
