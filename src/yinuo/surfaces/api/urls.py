"""The API as one object: its resources, its errors, its description at `openapi.json`."""

from __future__ import annotations

from yinuo.surfaces.api.frame import RestApi
from yinuo.surfaces.api.resources import requests

api = RestApi()
api.add_router("/requests", requests.resource.router)
