import html5lib
import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Div, Fieldset, Layout, Row, Submit
from django import forms
from django.template import Context, Template
from django.utils import translation

pytestmark = pytest.mark.urls("tests.sistercities.frame_urls")


class ProposalForm(forms.Form):
    city = forms.CharField(
        help_text="The official name", error_messages={"required": "Enter the name of the city"}
    )
    year = forms.IntegerField(error_messages={"required": "Enter the year of the agreement"})
    month = forms.ChoiceField(choices=[("", "-"), ("5", "May")], required=False)
    kind = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[("sister", "Sister city"), ("friend", "Friendship city")],
        error_messages={"required": "Choose a kind"},
    )
    themes = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", "Arts"), ("b", "Sports")],
        required=False,
    )
    signed_at = forms.SplitDateTimeField(required=False)
    about = forms.CharField(widget=forms.Textarea, required=False)
    consent = forms.BooleanField(error_messages={"required": "Confirm the consent"})
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    helper = FormHelper()
    helper.layout = Layout(
        Fieldset("The tie", "city", Row(Column("year"), Column("month"))),
        Div("kind", "themes", "signed_at", "about", css_class="rest"),
        "consent",
        "token",
    )
    helper.add_input(Submit("send", "Send"))

    def clean(self):
        if self.data.get("token") == "old":
            raise forms.ValidationError("The draft is too old")


class FilterForm(forms.Form):
    q = forms.CharField(required=False)
    kind = forms.ChoiceField(choices=[("", "All")], required=False)


def draw(source: str, **context):
    """The tree of a piece of HTML."""
    with translation.override("en"):
        html = Template("{% load crispy_forms_tags ui %}" + source).render(Context(context))
    return html5lib.parseFragment(html, namespaceHTMLElements=False)


def words(element) -> str:
    """The text of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def by_id(tree) -> dict:
    """Elements by id; an error when an id is there twice."""
    found = [e for e in tree.iter() if isinstance(e.tag, str) and e.get("id")]
    ids = {e.get("id"): e for e in found}
    assert len(ids) == len(found)
    return ids


def test_no_input_says_required_and_the_browser_keeps_quiet():
    tree = draw("{% crispy form %}", form=ProposalForm())
    assert [e for e in tree.iter() if e.get("required") is not None] == []
    assert [f.get("novalidate") is not None for f in tree.iter("form")] == [True]


@pytest.mark.parametrize("data", [None, {}])
def test_every_input_has_a_label_and_every_description_exists(data):
    tree = draw("{% crispy form %}", form=ProposalForm(data))
    ids = by_id(tree)
    labelled = {label.get("for") for label in tree.iter("label")}
    inputs = [
        e
        for e in tree.iter()
        if e.tag in {"input", "select", "textarea"} and e.get("type") != "hidden"
    ]
    # The two inputs of date and time share the legend of their group.
    alone = [e for e in inputs if not e.get("id").startswith("id_signed_at")]
    assert [e.get("id") for e in alone if e.get("id") not in labelled] == []
    described = [name for e in tree.iter() for name in (e.get("aria-describedby") or "").split()]
    assert [name for name in described if name not in ids] == []
    assert len(described) == (1 if data is None else 5)


def test_each_error_stands_above_its_field_and_in_a_summary_that_leads_to_it():
    tree = draw("{% crispy form %}", form=ProposalForm({}))
    ids = by_id(tree)
    summary = next(e for e in tree.iter("div") if e.get("class") == "error-summary")
    assert (summary.get("role"), summary.get("tabindex")) == ("alert", "-1")
    assert summary.get("autofocus") is not None
    lines = [(a.text, a.get("href").lstrip("#")) for a in summary.iter("a")]
    assert lines == [
        ("Enter the name of the city", "id_city"),
        ("Enter the year of the agreement", "id_year"),
        ("Choose a kind", "id_kind_0"),
        ("Confirm the consent", "id_consent"),
    ]
    assert [ids[target].tag for _text, target in lines] == ["input"] * 4
    beside = [words(e) for e in tree.iter("div") if e.get("class") == "invalid-feedback"]
    assert beside == [f"Error: {text}" for text, _target in lines]
    assert [e.get("id") for e in tree.iter() if e.get("aria-invalid")] == [
        "id_city",
        "id_year",
        "id_consent",
    ]


def test_an_error_of_the_whole_form_is_in_the_summary():
    tree = draw("{% crispy form %}", form=ProposalForm({"token": "old"}))
    summary = next(e for e in tree.iter("div") if e.get("class") == "error-summary")
    assert words(next(summary.iter("li"))) == "The draft is too old"


def test_a_form_in_order_has_no_summary():
    tree = draw("{% crispy form %}", form=ProposalForm())
    assert [e.get("class") for e in tree.iter("div") if e.get("role") == "alert"] == []


def test_what_was_typed_is_kept():
    data = {"city": '"><b>', "kind": "friend", "themes": ["a", "b"], "month": "5", "about": "<i>"}
    tree = draw("{% crispy form %}", form=ProposalForm(data))
    ids = by_id(tree)
    assert ids["id_city"].get("value") == '"><b>'
    assert ids["id_about"].text.strip() == "<i>"
    chosen = [e.get("value") for e in tree.iter("input") if e.get("checked") is not None]
    assert chosen == ["friend", "a", "b"]
    assert [o.get("value") for o in tree.iter("option") if o.get("selected") is not None] == ["5"]


def test_optional_fields_are_marked_among_required_ones_and_not_in_a_filter():
    proposal = draw("{% crispy form %}", form=ProposalForm())
    marked = [s for s in proposal.iter("span") if s.get("class") == "optional"]
    assert [words(s) for s in marked] == ["(optional)"] * 4
    asked = draw("{{ form|crispy }}", form=FilterForm())
    assert [s for s in asked.iter("span") if s.get("class") == "optional"] == []


def test_inputs_carry_the_classes_of_the_stylesheet():
    ids = by_id(draw("{% crispy form %}", form=ProposalForm({})))
    assert {name: ids[f"id_{name}"].get("class") for name in ("city", "month", "about")} == {
        "city": "form-control is-invalid",
        "month": "form-select",
        "about": "form-control",
    }
    assert ids["id_consent"].get("class") == "form-check-input is-invalid"
    assert ids["id_kind_0"].get("class") == "form-check-input"


def test_layout_and_buttons_are_drawn():
    tree = draw("{% crispy form %}", form=ProposalForm())
    classes = [e.get("class") for e in tree.iter("div")]
    assert {name: classes.count(name) for name in ("row", "col", "rest", "buttons")} == {
        "row": 1,
        "col": 2,
        "rest": 1,
        "buttons": 2,
    }
    button = next(tree.iter("button"))
    assert (button.get("type"), button.get("name"), button.text) == ("submit", "send", "Send")
    assert "btn-primary" in button.get("class").split()
    assert words(next(tree.iter("legend"))) == "The tie"


def test_a_form_set_lists_the_errors_of_all_its_forms_once():
    form_set = forms.formset_factory(FilterForm, extra=0)
    bound = form_set({"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-kind": "zzz"})
    tree = draw("{% crispy formset helper %}", formset=bound, helper=FormHelper())
    summary = next(e for e in tree.iter("div") if e.get("class") == "error-summary")
    assert [a.get("href") for a in summary.iter("a")] == ["#id_form-0-kind"]
