"""The wording of explanations: every sentence that a reader sees, made from values and names.

Short sentences, plain words, one thought each. Names of statuses, units and groups come from the
framework and the organisation and are never written here. Used as `words.held(...)`.
"""

from reports._words.conditions import *  # noqa: F403
from reports._words.figures import *  # noqa: F403
from reports._words.headline import *  # noqa: F403
from reports._words.sections import *  # noqa: F403
