"""What users can do to the asset register, one function each."""

from yinuo.domains.assets.services.assets import AssetData, create_asset, edit_asset
from yinuo.domains.assets.services.projects import create_project, edit_project

__all__ = ["AssetData", "create_asset", "create_project", "edit_asset", "edit_project"]
