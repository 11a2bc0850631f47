"""What users can do to the asset register, one function each."""

from yinuo.domains.assets.services.assets import create_asset, edit_asset
from yinuo.domains.assets.services.projects import create_project, edit_project

__all__ = ["create_asset", "create_project", "edit_asset", "edit_project"]
