"""The first step in an empty product: headquarters and its administrator."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from yinuo.domains.network.models import Assignment, Person, Role, ServiceUnit
from yinuo.domains.network.services.roles import load_roles
from yinuo.domains.network.types import SYSTEM
from yinuo.platform.errors import IllegalMove
from yinuo.platform.journal.work import writing
from yinuo.platform.sorting import pinyin_key

ADMINISTRATOR = "administrator"
# Serialises founding over all processes; the number only has to be ours.
_FOUNDING_LOCK = 7_100_001


def found_company(*, name: str, code: str, admin_name: str, user_id: int, now: datetime) -> Person:
    """Create headquarters, the standard roles and the first administrator for `user_id`.

    Works once: raises IllegalMove when any unit exists. The caller has checked the set-up code.
    """
    with writing(actor=SYSTEM, now=now) as work:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_FOUNDING_LOCK])
        if ServiceUnit.objects.exists():
            raise IllegalMove(_("This company has already been set up."))
        load_roles()
        unit = ServiceUnit.objects.create(
            code=code, name=name, name_key=pinyin_key(name), level=1, path="-"
        )
        unit.path = f"/{unit.pk}/"
        unit.save(update_fields=["path"])
        person = Person.objects.create(
            name=admin_name, name_key=pinyin_key(admin_name), unit=unit, user_id=user_id
        )
        role = Role.objects.get(code=ADMINISTRATOR)
        Assignment.objects.create(person=person, role=role, unit=unit)
        work.audit("network.found", unit, after={"name": name, "administrator": admin_name})
        return person
