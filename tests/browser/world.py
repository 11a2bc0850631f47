"""Who and what the browser tests meet. `build.py` makes it in a database."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "Ein-langes-Passwort-9"
HOTLINE_NUMBER = "0755-2688 1234"
CUSTOMER = "深圳前海云帆数据服务有限公司"
CONTACT = "欧阳晓岚"
SERIAL = "SA2023-0815-0042"


@dataclass(frozen=True)
class World:
    """Who may sign in, and the customer that calls."""

    consultant: str
    colleague: str
    technician: str
    manager: str
    customer_id: str
    asset_id: str
