"""All settings of the product, read once from the environment.

Every name a deployer may set is listed in docs/deploy.md. Sub-modules hold one concern each.
"""

from yinuo.config.settings.apps import *  # noqa: F403
from yinuo.config.settings.billing import *  # noqa: F403
from yinuo.config.settings.database import *  # noqa: F403
from yinuo.config.settings.feedback import *  # noqa: F403
from yinuo.config.settings.files import *  # noqa: F403
from yinuo.config.settings.language import *  # noqa: F403
from yinuo.config.settings.logs import *  # noqa: F403
from yinuo.config.settings.map import *  # noqa: F403
from yinuo.config.settings.places import *  # noqa: F403
from yinuo.config.settings.prevention import *  # noqa: F403
from yinuo.config.settings.routing import *  # noqa: F403
from yinuo.config.settings.security import *  # noqa: F403
from yinuo.config.settings.travel import *  # noqa: F403
