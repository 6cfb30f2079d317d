"""Relief: whether the reductions that a unit is permitted release as many hours a month as it lacks."""

from engine.relief.all import relief_all
from engine.relief.build import covers, least_of, relief, relief_of
from engine.relief.document import document, hours_text
from engine.relief.values import Relief

__all__ = ["Relief", "covers", "document", "hours_text", "least_of", "relief", "relief_all", "relief_of"]
