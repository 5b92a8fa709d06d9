"""The receipt of a payment, at the desk and at the office."""

from committees.models import Payment


def receipt_of(payment: Payment) -> dict:
    """What committees/_receipt.html shows."""
    return {
        "payment": payment,
        "taken_back": Payment.objects.filter(takes_back=payment).first(),
    }
