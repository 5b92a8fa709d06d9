"""A page or list that forgot what its base leaves to it fails at its first use, not in its work."""

import pytest
from django import forms
from django.test import RequestFactory

from committees.views.desk_people_joining import Answering
from committees.views.public_form import PublicForm
from relationships.views.desk_programmes import ActivityPage
from sistercities.editing.once import OncePost
from sistercities.editing.steps import StepsView
from sistercities.editing.views import ActView, CreateView, EditOneView, EditView
from sistercities.listing.forms import ListForm
from sistercities.listing.lists import Listing


class Activity(ActivityPage, CreateView):
    form_class = forms.Form


@pytest.mark.parametrize(
    ("base", "missing"),
    [
        (OncePost, {"act", "without_nonce", "prepare_post"}),
        (ActView, {"do"}),
        (EditOneView, {"get_object"}),
        (EditView, {"get_queryset"}),
        (StepsView, {"finish"}),
        (Answering, {"answer"}),
        (PublicForm, {"new_form", "facts", "keep"}),
        (Activity, {"of_programme"}),
        (Listing, {"rows", "fetch", "counts"}),
    ],
)
def test_what_a_base_leaves_open_is_asked_for_when_it_is_used(base, missing):
    assert set(base.__abstractmethods__) == missing
    with pytest.raises(TypeError, match="abstract"):
        if hasattr(base, "as_view"):
            base.as_view()(RequestFactory().get("/"))
        else:
            type("Forgetful", (base,), {})()


def test_filters_that_narrow_nothing_are_no_filters():
    assert not hasattr(ListForm({}), "apply")
