"""The receipt of a payment, as a page to print."""

from django.utils.translation import gettext_lazy as _

from committees.dues.receipts import receipt_of
from committees.models import Payment
from sistercities.admin.acts import OfficeSight


class ReceiptPage(OfficeSight):
    """For the office; committees have the same at their desk."""

    right = "committees.view_payment"
    title = _("Receipt")
    template_name = "admin/dues/receipt.html"
    object: Payment

    def get_context_data(self, **kwargs) -> dict:
        """The payment, and the entry that takes it back."""
        return super().get_context_data(**kwargs) | receipt_of(self.object)
