"""Addresses of offers."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views import offers

urlpatterns = [
    path("offers/", offers.offers, name="offers"),
    path("offers/<uuid:offer_id>/", offers.one, name="offers_one"),
    path("offers/<uuid:offer_id>/accept/", offers.accept, name="offers_accept"),
    path("offers/<uuid:offer_id>/decline/", offers.decline, name="offers_decline"),
    path("offers/<uuid:offer_id>/return/", offers.give_back, name="offers_return"),
    path("requests/<uuid:request_id>/offers/", offers.start, name="offers_start"),
    path("work/<uuid:work_order_id>/give/", offers.give, name="offers_give"),
]
