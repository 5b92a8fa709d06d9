"""Addresses without a language: short ones for print, and the map of the site for machines."""

from django.urls import path

from relationships.views import public_data, short, sitemap

urlpatterns = [
    path("t/<int:number>", short.tie, name="short-tie"),
    path("c/<int:number>", short.city, name="short-city"),
    path("e/<int:number>", short.exchange, name="short-exchange"),
    path("c/<slug:slug>", short.committee, name="short-committee"),
    path("data/schema.json", public_data.schema, name="data-schema"),
    path("openapi.json", public_data.openapi, name="openapi"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-<slug:subject>-<int:number>.xml", sitemap.page, name="sitemap-page"),
]
