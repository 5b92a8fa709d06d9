"""Guides: pages in both languages, files as the house serves them, texts that come once."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from committees.guides.loading import delivered, load_guides
from committees.models import Guide, GuideFile
from committees.models.guide import Topic
from tests import factories
from tests.adminforms import filled
from tests.advicefactories import GuideFactory, GuideFileFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 a model"


@pytest.fixture(autouse=True)
def _files_of_the_test_only(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def at(guide: Guide | None = None, language: str = "en") -> str:
    with override(language):
        return guide.get_absolute_url() if guide else reverse("public:guides")


def body(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


# Pages


@pytest.mark.parametrize("guides", [1, 3])
def test_the_list_shows_what_is_published_in_the_offices_order_at_one_price(
    client, guides, django_assert_num_queries
):
    shown = [GuideFactory(rank=90 - n) for n in range(guides)]
    GuideFactory(review=Guide.Review.DRAFT)
    client.get("/en/about/")  # what a process asks once
    with django_assert_num_queries(2):
        response = client.get(at())
    assert list(response.context["guides"]) == shown[::-1]


@pytest.mark.parametrize("files", [1, 3])
def test_a_guide_with_its_files_costs_the_same(client, files, django_assert_max_num_queries):
    guide = GuideFactory()
    GuideFileFactory.create_batch(files, guide=guide)
    client.get(at(GuideFactory(topic=Topic.VISAS)))
    with django_assert_max_num_queries(4):
        assert body(client, at(guide)).count("PDF, ") == files


def test_each_language_reads_its_own_text_in_paragraphs_with_links(client):
    guide = GuideFactory(
        text_es="Uno.\n\nDos: https://www.gob.mx/sre",
        text_en="One.\n\nTwo <b>: https://www.gob.mx/sre",
    )
    spanish, english = body(client, at(guide, "es")), body(client, at(guide))
    assert "<p>Uno.</p>" in spanish
    assert "One." not in spanish
    assert "Two &lt;b&gt;: <a href" in english
    assert 'href="https://www.gob.mx/sre"' in english
    assert guide.title_en in english


def test_a_text_in_one_language_is_shown_in_it_and_one_line_says_so(client):
    guide = GuideFactory(title_en="", summary_en="", text_en="")
    page = body(client, at(guide))
    assert f'<h1 lang="es">{guide.title_es}</h1>' in page
    assert 'class="prose guide-text" lang="es"' in page
    assert page.count("This text is only in Spanish.") == 1
    assert "solo está" not in body(client, at(guide, "es"))
    assert body(client, at()).count("This text is only in Spanish.") == 1


def test_an_old_address_leads_to_the_new_one(client):
    guide = GuideFactory()
    old = at(guide)
    guide.slug = "another-name"
    guide.save()
    response = client.get(old)
    assert (response.status_code, response.url) == (301, at(guide))


@pytest.mark.parametrize("review", Guide.Review.hidden())
def test_what_is_not_published_has_no_page_and_no_file(client, review):
    guide = GuideFactory(review=review)
    file = GuideFileFactory(guide=guide)
    assert client.get(at(guide)).status_code == 404
    assert client.get(file.file_url).status_code == 404


def test_guides_are_found_from_every_page_and_from_how_to_twin(client):
    page = body(client, "/en/how-to-twin/")
    assert page.count(f'href="{at()}"') == 2  # in the text and at the foot
    assert client.get("/sitemap.xml").content.count(b"guide") == 0
    guide = GuideFactory()
    for part, path in (("guides", at(guide)), ("guide-list", at())):
        written = b"".join(client.get(f"/sitemap-{part}-1.xml").streaming_content).decode()
        assert written.count(f"<loc>http://testserver{path}</loc>") == 1


def test_without_guides_the_list_says_so_and_is_not_for_search_engines(client):
    page = body(client, at())
    assert "The association has published no guides yet." in page
    assert 'name="robots" content="noindex"' in page


# Files


def test_a_file_is_linked_with_type_and_size_and_sent_under_its_name(client):
    file = GuideFileFactory(language="es")
    assert (file.file_name, len(file.sha256)) == ("model.pdf", 64)
    page = body(client, at(file.guide))
    assert f'<a href="{file.file_url}" hreflang="es">Model</a>' in page
    assert "PDF, 1\N{NO-BREAK SPACE}kB · Spanish" in page
    sent = client.get(file.file_url)
    assert b"".join(sent.streaming_content) == b"%PDF-1.4 model"
    assert sent.headers["Content-Disposition"] == 'attachment; filename="model.pdf"'


def test_a_private_file_is_for_those_of_the_office_who_may_see_it(client):
    file = GuideFileFactory(is_public=False)
    assert file.file_url not in body(client, at(file.guide))
    clerk = factories.UserFactory(is_staff=True)
    client.force_login(clerk)
    assert client.get(file.file_url).status_code == 404
    clerk.user_permissions.add(Permission.objects.get(codename="view_guidefile"))
    answer = client.get(file.file_url)
    assert answer.status_code == 200
    answer.close()


@pytest.mark.parametrize(
    ("content", "said"), [(PDF, ""), (b"GIF89a", "The file must be a PDF."), (b"", "empty")]
)
def test_the_office_adds_a_pdf_below_a_guide_and_nothing_else(client, content, said):
    guide = GuideFactory()
    client.force_login(factories.UserFactory(staff=True))
    url = reverse("admin:committees_guide_change", args=[guide.pk])
    client.cookies["language"] = "en"
    row = {
        "files-TOTAL_FORMS": 1,
        "files-0-guide": guide.pk,
        "files-0-file": SimpleUploadedFile("modelo.pdf", content, "application/pdf"),
        "files-0-is_public": "on",
        "change_reason": "A model to sign",
    }
    response = client.post(url, filled(client, url) | row)
    if said:
        assert said in response.content.decode()
        assert GuideFile.objects.count() == 0
    else:
        assert response.status_code == 302
        assert GuideFile.objects.get().file_name == "modelo.pdf"


def test_a_guide_needs_title_and_text_in_one_language(client):
    client.force_login(factories.UserFactory(staff=True))
    url = reverse("admin:committees_guide_add")
    sent = filled(client, url) | {"topic": "other", "title_en": "Only this"}
    form = client.post(url, sent).context["adminform"].form
    assert list(form.errors) == ["text_es"]


# Texts that come with the software


def test_the_delivered_guides_are_whole_in_both_languages_and_fit_their_columns():
    texts = delivered()
    assert {one["topic"] for one in texts.values()} == set(Topic.values) - {Topic.OTHER}
    for guide in load_guides():
        guide.full_clean(exclude=["reviewed_by"])
        for name in ("title", "summary", "text"):
            spanish, english = getattr(guide, f"{name}_es"), getattr(guide, f"{name}_en")
            assert spanish and english and spanish != english
        assert guide.text_es.count("\n\n") == pytest.approx(guide.text_en.count("\n\n"), abs=1)


def test_delivered_guides_wait_for_the_office_and_come_once():
    first = load_guides()
    assert len(first) == len(delivered())
    assert {guide.review for guide in first} == {Guide.Review.SUBMITTED}
    mine = first[0]
    mine.title_en, mine.review = "Our own words", Guide.Review.REJECTED
    mine.save()
    assert load_guides(publish=True) == []
    assert Guide.objects.count() == len(first)
    stored = Guide.objects.get(pk=mine.pk)
    assert (stored.title_en, stored.review) == ("Our own words", Guide.Review.REJECTED)


def test_a_delivered_guide_takes_no_address_of_the_offices_own():
    own = GuideFactory(title_es="Visas para estudiantes")
    load_guides()
    assert Guide.objects.filter(slug=own.slug).get() == own
    assert Guide.objects.get(came_as="visas").slug == f"{own.slug}-2"
