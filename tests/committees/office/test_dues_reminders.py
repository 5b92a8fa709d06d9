"""Reminders of dues: on their day, after two weeks, and when they are overdue; each once."""

import datetime

import pytest
from django.core.management import call_command
from django.utils.translation import override

from committees.dues.reminding import PURPOSE, remind
from sistercities.mail import renewed
from sistercities.models import OutgoingMail
from tests.duesfactories import AffiliationFactory, DuesFactory, PaymentFactory
from tests.factories import CommitteeFactory

pytestmark = pytest.mark.django_db
Day = datetime.date


def dues_of(**committee):
    given = {"public_email": "comite@example.org", "country": "MX"} | committee
    row = AffiliationFactory(committee=CommitteeFactory(**given))
    return DuesFactory(affiliation=row, year=2027)


def test_reminders_are_written_on_three_days_and_each_once():
    dues_of()
    days = [(12, 31), (1, 1), (1, 2), (1, 14), (1, 15), (1, 31), (2, 1), (3, 2), (3, 3)]
    days = [Day(2026 if month == 12 else 2027, month, day) for month, day in days]
    written = {day: remind(day).mails for day in days}
    once = {Day(2027, 1, 1), Day(2027, 1, 15), Day(2027, 2, 1)}
    assert written == {day: int(day in once) for day in days}
    periods = OutgoingMail.objects.filter(purpose=PURPOSE).values_list("period", flat=True)
    assert sorted(periods) == ["again", "delinquent", "due"]


def test_a_reminder_that_was_written_is_not_written_again_to_a_new_address():
    dues = dues_of()
    remind(Day(2027, 1, 2))
    committee = dues.affiliation.committee
    committee.public_email = "nueva@example.org"
    committee.save()
    assert remind(Day(2027, 1, 3)).mails == 0
    assert remind(Day(2027, 1, 15)).mails == 1


def test_who_has_paid_or_is_waived_is_not_reminded_and_a_waiting_mail_is_not_sent():
    dues = dues_of()
    paid = dues_of()
    PaymentFactory(dues=paid, day=Day(2026, 12, 20))
    assert remind(Day(2027, 1, 1)).mails == 1
    mail = OutgoingMail.objects.get()
    assert mail.about == f"dues-{dues.pk}" and renewed(mail) is not None
    PaymentFactory(dues=dues, day=Day(2026, 1, 1))
    assert renewed(mail) is None


def test_a_reminder_speaks_both_languages_and_says_what_is_owed():
    dues = dues_of()
    PaymentFactory(dues=dues, amount=500, day=Day(2026, 12, 20))
    remind(Day(2027, 2, 1))
    mail = OutgoingMail.objects.get()
    name = dues.affiliation.committee.name
    assert mail.subject == f"{name}: la cuota de 2027 está vencida"
    text = mail.text.replace("\xa0", " ")
    assert "fue el 31 de enero de 2027: el adeudo es de 1,000 MXN" in text
    assert "was January 31, 2027: 1,000 MXN is owed" in text
    slug = dues.affiliation.committee.slug
    with override("es"):
        assert f"/{slug}/" in text
    assert mail.unsubscribe == ""
    assert len(mail.text.splitlines()) <= 20


def test_the_command_says_what_it_would_do_and_does_it(capsys):
    dues_of()
    dues_of(public_email="")
    call_command("send_dues_reminders", "--on", "2027-01-01", "--dry-run")
    assert capsys.readouterr().out == "Would write 1 mails; 1 committees have nobody to ask.\n"
    assert not OutgoingMail.objects.exists()
    call_command("send_dues_reminders", "--on", "2027-01-01")
    assert capsys.readouterr().out == "Wrote 1 mails; 1 committees have nobody to ask.\n"
    call_command("send_dues_reminders", "--on", "2027-01-01")
    assert capsys.readouterr().out.startswith("Wrote 0 mails")


@pytest.mark.parametrize("most", [1, 3])
def test_reminding_asks_a_fixed_number_of_queries_before_it_writes(
    most, django_assert_max_num_queries
):
    for _one in range(most):
        dues_of(public_email="")
    with django_assert_max_num_queries(3):
        assert remind(Day(2027, 1, 1)).unreachable == most
