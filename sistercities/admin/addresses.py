"""Which page has or had which address."""

from django.contrib import admin

from sistercities.admin.registry import ReadOnlyAdmin
from sistercities.models import Address


@admin.register(Address)
class AddressAdmin(ReadOnlyAdmin):
    """To find out whose an old address is."""

    list_display = ("slug", "subject", "object_id")
    list_filter = ("subject",)
    search_fields = ("slug",)
    ordering = ("subject", "slug")
