"""How passwords are hashed (R11)."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id in one thread with 46 MiB: OWASP's recommendation with a second pass.

    Django's own cost uses 8 threads and 100 MiB for each attempt. On a machine of two busy cores
    the threads wait for each other, and a few strangers at the sign-in page would fill its memory.
    """

    time_cost = 2
    memory_cost = 47_104
    parallelism = 1
