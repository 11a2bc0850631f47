"""What people do with parts and their stock."""

from yinuo.domains.parts.services.catalogue import create_part, edit_part
from yinuo.domains.parts.services.counting import take_stock
from yinuo.domains.parts.services.depots import create_depot, edit_depot, set_level
from yinuo.domains.parts.services.pieces import bring_back_piece, hand_out_piece
from yinuo.domains.parts.services.receiving import receive_parts, scrap_parts
from yinuo.domains.parts.services.transferring import receive_shipment, send_parts

__all__ = [
    "bring_back_piece",
    "create_depot",
    "create_part",
    "edit_depot",
    "edit_part",
    "hand_out_piece",
    "receive_parts",
    "receive_shipment",
    "scrap_parts",
    "send_parts",
    "set_level",
    "take_stock",
]
