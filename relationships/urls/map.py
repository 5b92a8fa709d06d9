"""The map: its page, its picture, and what its script draws."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from relationships.views import public_map
from sistercities.exporting.formats import suffixed

urlpatterns = [
    path(_("map/"), public_map.tie_map, name="map"),
    path(suffixed(_("map/"), "svg"), public_map.map_picture, name="map-svg"),
    path(suffixed(_("map/"), "json"), public_map.map_data, name="map-data"),
]
