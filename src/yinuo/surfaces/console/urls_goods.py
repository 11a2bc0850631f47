"""Addresses of goods."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views import goods, goods_catalogue

ONE = "goods/<uuid:goods_order_id>/"

urlpatterns = [
    path("goods/", goods.orders, name="goods"),
    path("goods/catalogue/", goods_catalogue.items, name="goods_catalogue"),
    path("goods/catalogue/new/", goods_catalogue.new, name="goods_catalogue_new"),
    path("goods/catalogue/<uuid:article_id>/", goods_catalogue.edit, name="goods_catalogue_edit"),
    path(ONE, goods.one, name="goods_one"),
    path(ONE + "accept/", goods.accept, name="goods_accepted"),
    path(ONE + "change/", goods.change, name="goods_changed"),
    path(ONE + "answer/", goods.answer, name="goods_answered"),
    path(ONE + "ship/", goods.ship, name="goods_shipped"),
    path(ONE + "close/", goods.close, name="goods_closed"),
    path(ONE + "cancel/", goods.cancel, name="goods_cancelled"),
    path("goods/parcels/<uuid:parcel_id>/", goods.deliver, name="goods_delivered"),
    path("customers/<uuid:customer_id>/goods/new/", goods.new, name="goods_new"),
]
