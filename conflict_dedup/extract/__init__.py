"""Text to candidates: quantities, dates, places; which figure counts what; which figures are one incident."""

from __future__ import annotations

from conflict_dedup.extract import quantities
from conflict_dedup.extract.assemble import bare_candidate, candidates
from conflict_dedup.extract.decide import Decider, walk
from conflict_dedup.extract.joining import group
from conflict_dedup.extract.place_mentions import Geography
from conflict_dedup.extract.prepare import prepare
from conflict_dedup.extract.revising import revise, with_doubts
from conflict_dedup.extract.scoring import scorer
from conflict_dedup.extract.segment import tell
from conflict_dedup.model import Article, Candidate

__all__ = ["extract"]


def extract(article: Article) -> list[Candidate]:
    """The incidents that one article tells of, each with its figures; [] for an article that tells of none."""
    doc = prepare(article)
    decider = Decider(scorer("figures"))
    walk(doc, quantities.find(doc), decider)
    decided, doubts = revise(doc, decider.weighed, scorer("revision"))
    geography = doc.geography or Geography()
    if all(d.effect == "none" for d in decided):
        bare = bare_candidate(doc, geography)
        return [bare] if bare else []
    told = tell(doc, with_doubts(decided, doubts), geography)
    return candidates(doc, geography, told, group(doc, told, scorer("links"), scorer("joining")))
