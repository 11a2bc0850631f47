"""What people do with parts and their stock."""

from yinuo.domains.parts.services.asking import approve_parts, ask_for_parts, end_ask
from yinuo.domains.parts.services.catalogue import create_part, edit_part
from yinuo.domains.parts.services.counting import take_stock
from yinuo.domains.parts.services.depots import create_depot, edit_depot, set_level
from yinuo.domains.parts.services.filling import (
    give_back,
    receive_asked,
    ship_asked,
    use_asked,
)
from yinuo.domains.parts.services.pieces import bring_back_piece, hand_out_piece
from yinuo.domains.parts.services.receiving import receive_parts, scrap_parts
from yinuo.domains.parts.services.repairing import (
    finish_part_repair,
    settle_part_claim,
    take_for_repair,
    use_material,
)
from yinuo.domains.parts.services.transferring import receive_shipment, send_parts

__all__ = [
    "approve_parts",
    "ask_for_parts",
    "bring_back_piece",
    "create_depot",
    "create_part",
    "edit_depot",
    "edit_part",
    "end_ask",
    "finish_part_repair",
    "give_back",
    "hand_out_piece",
    "receive_asked",
    "receive_parts",
    "receive_shipment",
    "scrap_parts",
    "send_parts",
    "set_level",
    "settle_part_claim",
    "ship_asked",
    "take_for_repair",
    "take_stock",
    "use_asked",
    "use_material",
]
