"""Which imports an actor sees, and what he may send: what he may also write by hand."""

from __future__ import annotations

from django.db.models import QuerySet

from yinuo.domains.imports.models import ImportRun
from yinuo.domains.imports.types import Kind
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import Forbidden

WRITING = {
    Kind.CUSTOMERS: Permission.CUSTOMER_WRITE,
    Kind.SITES: Permission.CUSTOMER_WRITE,
    Kind.CONTACTS: Permission.CUSTOMER_WRITE,
    Kind.PROJECTS: Permission.ASSET_WRITE,
    Kind.ASSETS: Permission.ASSET_WRITE,
    Kind.COMPONENTS: Permission.ASSET_WRITE,
    Kind.CONTRACTS: Permission.CONTRACT_WRITE,
    Kind.PAPERS: Permission.CONTRACT_WRITE,
    Kind.EVENTS: Permission.ASSET_WRITE,
}
READING = {
    Kind.CUSTOMERS: Permission.CUSTOMER_READ,
    Kind.SITES: Permission.CUSTOMER_READ,
    Kind.CONTACTS: Permission.CUSTOMER_READ,
    Kind.PROJECTS: Permission.ASSET_READ,
    Kind.ASSETS: Permission.ASSET_READ,
    Kind.COMPONENTS: Permission.ASSET_READ,
    Kind.CONTRACTS: Permission.CONTRACT_READ,
    Kind.PAPERS: Permission.CONTRACT_READ,
    Kind.EVENTS: Permission.ASSET_READ,
}


def visible_runs(actor: Actor) -> QuerySet[ImportRun]:
    """Imports of the units in which the actor may import, of kinds that he may write himself."""
    kinds = [kind for kind in Kind if actor.may(WRITING[kind])]
    units = actor.units_for(Permission.IMPORT_RUN)
    return ImportRun.objects.filter(unit_id__any=units, kind__in=kinds)


def require_may_import(actor: Actor, kind: Kind) -> None:
    """Pass when the actor may send files of this kind; else Forbidden."""
    if not (actor.may(Permission.IMPORT_RUN) and actor.may(WRITING[kind])):
        raise Forbidden


def require_may_export(actor: Actor, kind: Kind) -> None:
    """Pass when the actor may take the whole list of this kind with him; else Forbidden."""
    if not (actor.may(Permission.IMPORT_RUN) and actor.may(READING[kind])):
        raise Forbidden
