"""Addresses below /accounts/, under the names that allauth's views look up."""

from __future__ import annotations

from allauth.account import views as allauth_views
from django.urls import path

from yinuo.platform.accounts.views import SessionListView, SignInView, SignOutView

urlpatterns = [
    path("login/", SignInView.as_view(), name="account_login"),
    path("logout/", SignOutView.as_view(), name="account_logout"),
    path("password/change/", allauth_views.password_change, name="account_change_password"),
    path("sessions/", SessionListView.as_view(), name="usersessions_list"),
]
