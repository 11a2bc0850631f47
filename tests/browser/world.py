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


WITH_FIGURE = """
plan: figures
title: {zh: 有参数的方案, en: Plan with a figure}
version: "1"
currency: CNY
timezone: Asia/Shanghai
parameters:
  on_site_hours:
    title: {zh: 到场时限, en: Time to be on site}
    unit: hours
    default: 24
clauses:
  - id: on_site
    number: "1.1"
    title: {zh: 到场, en: On site}
    text: {zh: 按合同约定到场。, en: On site as the contract says.}
    promise: on_site
    start: reported
    end: arrived
    limit: {parameter: on_site_hours}
"""
