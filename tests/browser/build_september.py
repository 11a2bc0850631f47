"""Makes September of story 3 through the services, and prints who may read its scores.

Runs in a process of its own, on the database that the variables name.
"""

from __future__ import annotations

import json
import sys

from tests.browser.world import PASSWORD
from tests.factories.september import make_september

from yinuo.platform.accounts.models import User


def main() -> None:
    """Print the names of the accounts, who can sign in with the password of the browser tests."""
    repair = make_september()
    names = []
    for member in (repair.reader, repair.technician):
        user = User.objects.get(pk=member.user.pk)
        user.set_password(PASSWORD)
        user.save()
        names.append(user.username)
    sys.stdout.write(json.dumps(names))
