"""Addresses of campaigns."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views import campaigns

CAMPAIGN = "campaigns/<uuid:campaign_id>/"

urlpatterns = [
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/new/", campaigns.new, name="campaigns_new"),
    path("campaigns/preview/", campaigns.preview, name="campaigns_preview"),
    path(CAMPAIGN, campaigns.one, name="campaigns_one"),
    path(CAMPAIGN + "requests/", campaigns.requests, name="campaigns_requests"),
    path(CAMPAIGN + "extend/", campaigns.extend, name="campaigns_extend"),
    path(CAMPAIGN + "close/", campaigns.close, name="campaigns_close"),
    path("campaigns/assets/<uuid:campaign_asset_id>/", campaigns.answer, name="campaigns_answer"),
]
