"""Assessment (考核): points by the weights of a rule pack, each one traceable to what earned or cost it. Pure.

Agencies are assessed, and so are proposers and offices by their own duties. A criterion that fewer than MINIMUM things
were counted for gives no points and takes none. Public scores, which are not representative, never enter.
"""

from huiyin.assessment.assess import Assessment, Tally, assess, by_actor, together
from huiyin.assessment.counting import Counts
from huiyin.assessment.measures import BY_ID, MEASURES, Measure

__all__ = ["BY_ID", "MEASURES", "Assessment", "Counts", "Measure", "Tally", "assess", "by_actor", "together"]
