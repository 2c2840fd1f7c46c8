"""AVIF files, built box by box from streams that Pillow encodes."""

import struct
from io import BytesIO

from PIL import Image

ALPHA = b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0"


def box(kind, *content):
    """Return a box of the AVIF file format."""
    content = b"".join(content)
    return struct.pack(">I", len(content) + 8) + kind + content


def saved(size, mode="RGB", **options):
    """Return an AVIF file of one colour."""
    content = BytesIO()
    Image.new(mode, size, 90).save(content, "AVIF", speed=10, quality=1, **options)
    return content.getvalue()


def stream(size, mode="RGB", **options):
    """Return a bare AV1 stream, and the data of the `av1C` box, which describes its coding."""
    content = saved(size, mode, **options)
    at = content.index(b"av1C")
    return content[content.index(b"mdat") + 4 :], content[at + 4 : at + 8]


def grid(rows, columns, size):
    """Return an item that composes a picture from tiles. It has no coding of its own."""
    return struct.pack(">BBBBHH", 0, 0, rows - 1, columns - 1, *size), None


def file(*items, references=(), brand=b"avif", in_idat=False, pieces=1, places=()):
    """Return an AVIF file of items, which are numbered from 1. The first item is displayed.

    An item is `((content, coding), size)`; `size` is the size that the file states. A reference is
    `(kind, source, targets)`, where source and targets are numbers of items. The data of each item
    is divided into as many pieces as `pieces` says. It is in the box `idat` if `in_idat`, otherwise
    in the box `mdat`. `places` declares parts of the same data as further items. Each place is the
    number of the item and a list of pieces, and a piece is an offset and a length in bytes.
    """
    properties, kinds, of_items, located, at = [], [], [], [], 0
    for number, ((content, coding), size) in enumerate(items, 1):
        own = [box(b"ispe", bytes(4), struct.pack(">II", *size))]
        if coding:
            own.append(box(b"av1C", coding))
        if any(kind == b"auxl" and source == number for kind, source, _targets in references):
            own.append(box(b"auxC", bytes(4), ALPHA))
        numbers = range(len(properties) + 1, len(properties) + 1 + len(own))
        properties += own
        of_items.append(struct.pack(">HB", number, len(own)) + bytes(numbers))
        kind = b"av01" if coding else b"grid"
        kinds.append(box(b"infe", b"\2\0\0\0", struct.pack(">HH", number, 0), kind, b"\0"))
        edges = [len(content) * piece // pieces for piece in range(pieces + 1)]
        extents = [(at + edge, after - edge) for edge, after in zip(edges, edges[1:], strict=False)]
        located.append((number, extents))
        at += len(content)
    data = b"".join(content for (content, _coding), _size in items)

    for number, extents in places:
        kinds.append(box(b"infe", b"\2\0\0\0", struct.pack(">HH", number, 0), b"av01", b"\0"))
        located.append((number, extents))
        # This item has the size and the coding of the first item.
        of_items.append(struct.pack(">HBBB", number, 2, 1, 2))

    def meta(start):
        table = b"".join(
            struct.pack(">HHHH", number, int(in_idat), 0, len(extents))
            + b"".join(struct.pack(">II", start + offset, length) for offset, length in extents)
            for number, extents in located
        )
        return box(
            b"meta",
            bytes(4),
            box(b"hdlr", bytes(8), b"pict", bytes(13)),
            box(b"pitm", bytes(4), struct.pack(">H", 1)),
            box(b"iloc", b"\1\0\0\0\x44\0", struct.pack(">H", len(located)), table),
            box(b"iinf", bytes(4), struct.pack(">H", len(kinds)), *kinds),
            box(
                b"iref",
                bytes(4),
                *(
                    box(kind, struct.pack(f">HH{len(to)}H", source, len(to), *to))
                    for kind, source, to in references
                ),
            ),
            box(
                b"iprp",
                box(b"ipco", *properties),
                box(b"ipma", bytes(4), struct.pack(">I", len(of_items)), *of_items),
            ),
            box(b"idat", data) if in_idat else b"",
        )

    head = box(b"ftyp", brand, bytes(4), b"avifmif1miaf")
    if in_idat:
        return head + meta(0)
    return head + meta(len(head) + len(meta(0)) + 8) + box(b"mdat", data)
