"""Small files that would fill the memory. Their headers show it, so they are refused in time."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from cms.images import memory
from cms.models import PortalImage
from tests import avif
from tests.pictures import upload_in_subprocess

pytestmark = pytest.mark.once

# The maximum number of pixels of any picture.
WIDE = (8192, 6144)


def png(side, bits=8, interlaced=0):
    """Return a transparent PNG written row by row.

    With sides of 12,000 pixels it takes 576 MB when it is unpacked.
    """
    header = struct.pack(">IIBBBBB", side, side, bits, 6, 0, 0, interlaced)
    packer = zlib.compressobj(9)
    row = bytes(1 + side * 4 * bits // 8)
    rows = b"".join([packer.compress(row) for _ in range(side)]) + packer.flush()
    chunks = [(b"IHDR", header), (b"IDAT", rows), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def webp():
    """Return a WebP of 50 megapixels in 34 bytes."""
    return bytes.fromhex(
        "52494646 1a000000 57454250 5650384c 0d000000 2fffdfff 15071011 118888fe 0700"
    )


def saved(mode, kind, size=WIDE, **options):
    """Return a picture of one colour."""
    content = BytesIO()
    Image.new(mode, size, 1).save(content, kind, **options)
    return content.getvalue()


def jpeg_in_scans(size=WIDE):
    """Return a colour JPEG with a scan for each colour. Its reader has to keep all scans.

    The file says that it is sequential. Each scan is that of the same grey picture.
    """
    grey = saved("L", "JPEG", size)
    frame = grey.index(b"\xff\xc0")
    scan = grey.index(b"\xff\xda")
    components = b"".join(bytes([number, 0x11, 0]) for number in (1, 2, 3))
    three = b"\xff\xc0" + struct.pack(">H", 17) + grey[frame + 4 : frame + 9] + b"\x03" + components
    after = grey[frame + 2 + struct.unpack(">H", grey[frame + 2 : frame + 4])[0] : scan]
    content = grey[scan + 10 : -2]
    scans = [
        b"\xff\xda\x00\x08\x01" + bytes([number, 0, 0, 63, 0]) + content for number in (1, 2, 3)
    ]
    return grey[:frame] + three + after + b"".join(scans) + b"\xff\xd9"


LARGE = (7000, 7000)
SMALL = (100, 60)


def heic_that_lies():
    """Return an HEIC that states a smaller size than its stream has."""
    told, true = (struct.pack(">4sIII", b"ispe", 0, *size) for size in (SMALL, (2000, 1500)))
    return saved("RGB", "HEIF", (2000, 1500), quality=1).replace(true, told)


def avif_of_tiles_that_lie():
    """Return an AVIF of four tiles, each of which is within the limit."""
    tile = avif.stream((4000, 3000))
    size = (256, 256)
    return avif.file(
        (avif.grid(2, 2, size), size),
        *[(tile, (128, 128))] * 4,
        references=[(b"dimg", 1, [2, 3, 4, 5])],
    )


def avif_of_hidden_transparency():
    """Return a small AVIF whose transparency is large."""
    return avif.file(
        (avif.stream(SMALL), SMALL),
        (avif.stream(LARGE, "L"), SMALL),
        references=[(b"auxl", 2, [1])],
    )


def avif_in_billions_of_pieces():
    """Return an AVIF with a table of items in 65,535 pieces each.

    The pieces take no bytes in the table.
    """
    content = avif.saved(SMALL)
    table = content.index(b"iloc") - 4
    meta = content.index(b"meta") - 4
    after_table, after_meta = (
        at + struct.unpack(">I", content[at : at + 4])[0] for at in (table, meta)
    )
    items = b"".join(struct.pack(">HHH", number, 0, 65535) for number in range(100, 2100))
    pieces = avif.box(b"iloc", bytes(6), struct.pack(">H", 2000), items)
    inner = content[meta + 8 : table] + pieces + content[after_table:after_meta]
    return content[:meta] + avif.box(b"meta", inner) + content[after_meta:]


BOMBS = {
    "lies.avif": lambda: avif.file((avif.stream(LARGE), SMALL)),
    "tiles.avif": avif_of_tiles_that_lie,
    "transparency.avif": avif_of_hidden_transparency,
    "pieces.avif": avif_in_billions_of_pieces,
    "lies.heic": heic_that_lies,
    "a.png": lambda: png(12_000),
    "deep.png": lambda: png(6_200, bits=16),
    "interlaced.png": lambda: png(6_200, interlaced=1),
    "a.webp": webp,
    "a.gif": lambda: saved("P", "GIF", transparency=0),
    "scans.jpg": jpeg_in_scans,
    "progressive.jpg": lambda: saved("L", "JPEG", progressive=True),
    "drawing.png": lambda: b"<svg>" + b"<g/>" * 8_000_000 + b"</svg>",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_without_being_unpacked(tmp_path, name):
    (tmp_path / name).write_bytes(BOMBS[name]())
    taken, megabytes = upload_in_subprocess(tmp_path / name)
    assert not taken
    assert megabytes < 200


def test_a_bomb_is_told_with_its_size_and_what_is_allowed(client, editor):
    client.force_login(editor)
    file = SimpleUploadedFile("a.webp", webp())
    response = client.post(reverse("wagtailimages:add"), {"title": "Ảnh", "file": file})
    (message,) = response.context["form"].errors["file"]
    for told in ("8192", "6144", "50,3", "22,4"):
        assert told in message
    assert not PortalImage.objects.exists()


def test_a_bomb_among_several_pictures_is_refused(client, editor):
    client.force_login(editor)
    response = client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "Ảnh", "files[]": SimpleUploadedFile("a.webp", webp()), "collection": 1},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert response.json()["success"] is False
    assert "6144" in response.json()["error_message"]


def kept_whole(content):
    """Return whether the reader of a JPEG keeps its scans before it returns the first row."""
    with memory.open_header(BytesIO(content)) as picture:
        return memory.bytes_per_pixel(picture) == memory.JPEG_IN_SCANS_BYTES_PER_PIXEL


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_jpeg_tells_whether_it_is_read_row_by_row(mode):
    assert not kept_whole(saved(mode, "JPEG", (60, 40)))
    assert kept_whole(saved(mode, "JPEG", (60, 40), progressive=True))


def test_a_jpeg_that_hides_its_scans_is_found_out():
    assert kept_whole(jpeg_in_scans((60, 40)))
