"""The wording of explanations: every sentence that a reader sees, made from values and names.

Short sentences, plain words, one thought each. Names of statuses, units and groups come from the
framework and the organisation and are never written here. Used as `words.headline.held(...)`.
"""

from reports._words import conditions, declared, figures, headline, labels, sections

__all__ = ["conditions", "declared", "figures", "headline", "labels", "sections"]
