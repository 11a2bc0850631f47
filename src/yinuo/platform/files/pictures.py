"""Pictures made anew: only what our own encoder wrote is ever shown inline (R10).

Decoding and encoding drops whatever else a file carries: scripts, places, other formats in the
same bytes. Limits on pixels are checked on the header, before a bomb is unpacked.
"""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL import Image, ImageOps

from yinuo.platform.files.types import Upload

LONGEST_EDGE = 1600
QUALITY = 85
# JPEG is decoded at a fraction of its size; every other format takes 4 bytes a pixel.
MOST_PIXELS = 24_000_000
MOST_JPEG_PIXELS = 220_000_000
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")


def remade(upload: Upload) -> bytes | None:
    """The picture as JPEG, upright, at most 1600 pixels long; None when it is not a sound one."""
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            # Our own limits are checked below.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(upload, formats=_FORMATS) as picture:
                return _encoded(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _encoded(picture: Image.Image) -> bytes | None:
    pixels = picture.width * picture.height
    is_jpeg = picture.format == "JPEG"
    if not 0 < pixels <= (MOST_JPEG_PIXELS if is_jpeg else MOST_PIXELS):
        return None
    if is_jpeg:
        picture.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
        if picture.width * picture.height > MOST_PIXELS:
            return None
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    flat = Image.new("RGB", upright.size, "white")
    coloured = upright.convert("RGBA")
    flat.paste(coloured, mask=coloured.getchannel("A"))
    made = BytesIO()
    flat.save(made, "JPEG", quality=QUALITY)
    return made.getvalue()
