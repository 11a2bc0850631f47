"""What users can do to on-call duty, one function each."""

from yinuo.domains.oncall.services.covering import cancel_turn, cover_turn
from yinuo.domains.oncall.services.rotating import create_rota, make_turns

__all__ = ["cancel_turn", "cover_turn", "create_rota", "make_turns"]
