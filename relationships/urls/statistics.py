"""The public figures, and the sheets of cities and states for their councils."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from relationships.views import public_statistics
from sistercities.exporting.formats import suffixed

STATISTICS = _("statistics/")

urlpatterns = [
    path(STATISTICS, public_statistics.statistics, name="statistics"),
    path(suffixed(STATISTICS, "csv"), public_statistics.statistics_csv, name="statistics-csv"),
    path(
        _("cities/<slug:slug>/state-of-the-ties/"),
        public_statistics.city,
        name="city-state-of-ties",
    ),
    path(
        _("states/"),
        include(
            [
                path("", public_statistics.states, name="states"),
                path("<slug:code>/", public_statistics.state, name="state-of-ties"),
            ]
        ),
    ),
]
