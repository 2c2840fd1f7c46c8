"""AVIF files are checked by the streams in them, because the file may state another size."""

from base64 import b64decode
from contextlib import suppress
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cms.images import av1, memory
from cms.images.avif import read_frames
from cms.images.upload_form import PictureField
from tests import avif

pytestmark = pytest.mark.once

SMALL = (100, 60)
SIDES = (256, 256)
TILE = (128, 128)

# Pictures of 64 × 48 pixels in 10 bits. Pillow does not write them, so imagecodecs did.
DEEP = {
    "420": (
        "AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADrbWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGlj"
        "dAAAAAAAAAAAAAAAAAAAAAAOcGl0bQAAAAAAAQAAAB5pbG9jAAAAAEQAAAEAAQAAAAEAAAETAAAAJwAAAChp"
        "aW5mAAAAAAABAAAAGmluZmUCAAAAAAEAAGF2MDFDb2xvcgAAAABqaXBycAAAAEtpcGNvAAAAFGlzcGUAAAAA"
        "AAAAQAAAADAAAAAQcGl4aQAAAAADCgoKAAAADGF2MUOBAEwAAAAAE2NvbHJuY2x4AAIAAgAGgAAAABdpcG1h"
        "AAAAAAAAAAEAAQQBAoMEAAAAL21kYXQSAAoJGBV/vaoEBA0IMhgf94eFFd///+LPwwDPyinHlW9ED2pTt6g="
    ),
    "444": (
        "AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUEAAADrbWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGlj"
        "dAAAAAAAAAAAAAAAAAAAAAAOcGl0bQAAAAAAAQAAAB5pbG9jAAAAAEQAAAEAAQAAAAEAAAETAAAAJgAAAChp"
        "aW5mAAAAAAABAAAAGmluZmUCAAAAAAEAAGF2MDFDb2xvcgAAAABqaXBycAAAAEtpcGNvAAAAFGlzcGUAAAAA"
        "AAAAQAAAADAAAAAQcGl4aQAAAAADCgoKAAAADGF2MUOBIEAAAAAAE2NvbHJuY2x4AAIAAgAGgAAAABdpcG1h"
        "AAAAAAAAAAEAAQQBAoMEAAAALm1kYXQSAAoJOBV/vawICBpAMhcf8mKE7///8WfhgM/KKceVcE2DJiNw+A=="
    ),
    "transparent": (
        "AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUEAAAGGbWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGlj"
        "dAAAAAAAAAAAAAAAAAAAAAAOcGl0bQAAAAAAAQAAACxpbG9jAAAAAEQAAAIAAQAAAAEAAAHGAAAAJgACAAAA"
        "AQAAAa4AAAAYAAAAQmlpbmYAAAAAAAIAAAAaaW5mZQIAAAAAAQAAYXYwMUNvbG9yAAAAABppbmZlAgAAAAAC"
        "AABhdjAxQWxwaGEAAAAAGmlyZWYAAAAAAAAADmF1eGwAAgABAAEAAADDaXBycAAAAJ1pcGNvAAAAFGlzcGUA"
        "AAAAAAAAQAAAADAAAAAQcGl4aQAAAAADCgoKAAAADGF2MUOBIEAAAAAAE2NvbHJuY2x4AAIAAgAGgAAAAA5w"
        "aXhpAAAAAAEKAAAADGF2MUOBAFwAAAAAOGF1eEMAAAAAdXJuOm1wZWc6bXBlZ0I6Y2ljcDpzeXN0ZW1zOmF1"
        "eGlsaWFyeTphbHBoYQAAAAAeaXBtYQAAAAAAAAACAAEEAQKDBAACBAEFhgcAAABGbWRhdBIACgYYFX+9jUAy"
        "DBAAtFQErLUYQATSUBIACgk4FX+9rAgIGkAyFx/yYoTv///xZ+GAz8opx5VwTYMmI3D4"
    ),
}


def upload_picture(content):
    """Return the size and the mode of the picture that an upload gives."""
    with Image.open(PictureField().clean(SimpleUploadedFile("a.avif", content))) as picture:
        return picture.size, picture.mode


def refusal(content):
    """Return the error with which an upload is refused."""
    with pytest.raises(ValidationError) as caught:
        upload_picture(content)
    return caught.value


def tiles(*more, references=()):
    """Return a picture of four tiles."""
    return avif.file(
        (avif.grid(2, 2, SIDES), SIDES),
        *[(avif.stream(TILE), TILE)] * 4,
        *more,
        references=[(b"dimg", 1, [2, 3, 4, 5]), *references],
    )


# Accepted files


@pytest.mark.parametrize("subsampling", ["4:0:0", "4:2:0", "4:2:2", "4:4:4"])
@pytest.mark.parametrize("size", [(1, 1), (101, 61), (1920, 1080), (2399, 33)])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_what_pillow_writes_is_taken(mode, size, subsampling):
    assert upload_picture(avif.saved(size, mode, subsampling=subsampling)) == (size, mode)


@pytest.mark.parametrize("name", DEEP)
def test_ten_bits_are_taken(name):
    size, _mode = upload_picture(b64decode(DEEP[name]))
    assert size == (64, 48)


@pytest.mark.parametrize("in_idat", [True, False])
@pytest.mark.parametrize("pieces", [1, 3])
def test_a_stream_is_found_wherever_it_is_stored(in_idat, pieces):
    file = avif.file((avif.stream(SMALL), SMALL), in_idat=in_idat, pieces=pieces)
    assert upload_picture(file) == (SMALL, "RGB")


def test_tiles_are_taken():
    assert upload_picture(tiles()) == (SIDES, "RGB")


def test_transparent_tiles_are_taken():
    clear = (avif.stream(TILE, "L"), TILE)
    of_each = tiles(*[clear] * 4, references=[(b"auxl", tile + 4, [tile]) for tile in range(2, 6)])
    of_all = tiles(
        (avif.grid(2, 2, SIDES), SIDES),
        *[clear] * 4,
        references=[(b"dimg", 6, [7, 8, 9, 10]), (b"auxl", 6, [1])],
    )
    for file in (of_each, of_all):
        assert upload_picture(file) == (SIDES, "RGBA")


def test_what_is_transparent_does_not_count_as_more_pixels():
    assert read_frames(BytesIO(avif.saved((640, 400), "RGBA"))).pixels == 640 * 400


def test_all_tiles_count_with_what_is_transparent_of_them():
    clear = (avif.stream((200, 300), "L"), TILE)
    file = tiles(*[clear] * 4, references=[(b"auxl", tile + 4, [tile]) for tile in range(2, 6)])
    assert read_frames(BytesIO(file)).pixels == 4 * 200 * 300


@pytest.mark.parametrize(
    ("subsampling", "bytes_per_decoded_pixel"),
    [("4:0:0", 1), ("4:2:0", 1.5), ("4:2:2", 2), ("4:4:4", 3)],
)
def test_the_bytes_of_a_pixel_are_told(subsampling, bytes_per_decoded_pixel):
    found = read_frames(BytesIO(avif.saved(SMALL, subsampling=subsampling)))
    assert (found.width, found.height, found.bytes_per_decoded_pixel) == (
        *SMALL,
        bytes_per_decoded_pixel,
    )


@pytest.mark.parametrize(
    ("name", "bytes_per_decoded_pixel"), [("420", 3), ("444", 6), ("transparent", 6)]
)
def test_ten_bits_take_twice_the_bytes(name, bytes_per_decoded_pixel):
    assert (
        read_frames(BytesIO(b64decode(DEEP[name]))).bytes_per_decoded_pixel
        == bytes_per_decoded_pixel
    )


def test_what_is_drawn_onto_a_copy_takes_twice_the_bytes():
    grain = avif.saved((640, 640), advanced={"film-grain-test": "1"})
    for copied in (grain, tiles()):
        assert read_frames(BytesIO(copied)).bytes_per_decoded_pixel == 3


@pytest.mark.parametrize("content", [b"", b"\x89PNG", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"])
def test_other_files_are_left_to_others(content):
    assert read_frames(BytesIO(content)) is None


@pytest.mark.parametrize(("shorter", "is_taken"), [(0, True), (1, False)])
def test_items_share_a_stream_but_do_not_overlap(shorter, is_taken):
    """A decoder skips the bytes after the frame, so each of the items is the same picture."""
    content, coding = avif.stream(SMALL)
    content += bytes([15 << 3]) + bytes(2000)
    places = [(number, [(0, len(content) - number * shorter)]) for number in range(2, 30)]
    file = avif.file(((content, coding), SMALL), places=places)
    if is_taken:
        assert upload_picture(file) == (SMALL, "RGB")
    else:
        assert refusal(file).code == "invalid_image"


# Refused files


def film(**options):
    """Return a moving picture of two frames."""
    content = BytesIO()
    frames = [Image.new("RGB", SMALL, colour) for colour in ("red", "blue")]
    frames[0].save(content, "AVIF", save_all=True, append_images=frames[1:], speed=10, **options)
    return content.getvalue()


def test_a_film_is_refused_as_one():
    assert refusal(film()).code == "moving"


def test_the_size_that_the_stream_has_is_told(settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 100_000
    error = refusal(avif.file((avif.stream((500, 400)), SMALL)))
    assert error.code == "file_too_many_pixels"
    assert (error.params["width"], error.params["height"]) == (500, 400)


def test_more_bytes_of_a_pixel_allow_fewer_pixels(monkeypatch):
    monkeypatch.setattr(memory, "MAX_MEMORY_BYTES", av1.BLOCK_SIDE_PIXELS**2 * 12)
    assert upload_picture(b64decode(DEEP["420"]))
    for name in ("444", "transparent"):
        assert refusal(b64decode(DEEP[name])).code == "file_too_many_pixels"


def test_a_frame_of_its_own_size_is_refused(settings):
    """Such a frame occurs in films. A still frame that is as large as its sequence is accepted."""
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 100_000
    content = film(subsampling="4:4:4")
    (_empty, sequence, frame, *_more) = av1.open_bitstream_units(
        memoryview(content[content.rindex(b"mdat") + 4 :])
    )
    assert upload_picture(item_of(sequence[1], frame[1])) == (SMALL, "RGB")
    assert read_frames(BytesIO(item_of(sequence[1], frame[1]))).bytes_per_decoded_pixel == 3
    bits = f"{int.from_bytes(sequence[1]):0{8 * len(sequence[1])}b}"
    # The sides of the sequence in 16 bits each, instead of 7 and 6.
    wide = f"{bits[:29]}{15:04b}{15:04b}{99:016b}{59:016b}{bits[29 + 8 + 7 + 6 :]}"
    wide = wide.rstrip("0").ljust(-(-len(wide) // 8) * 8, "0")
    sequence = int(wide, 2).to_bytes(len(wide) // 8)
    assert upload_picture(item_of(sequence, frame[1])) == (SMALL, "RGB")
    frame = bytes([frame[1][0] | 0b10]) + bytes(frame[1][1:])
    assert refusal(item_of(sequence, frame)).params["width"] == 65536


def packed(*fields):
    """Return numbers as consecutive bits. Each number is given with its width in bits."""
    bits = "".join(f"{number:0{width}b}" for number, width in fields)
    return int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8))


@pytest.mark.parametrize("has_own_size", [False, True])
def test_headers_are_read_with_all_that_a_film_may_have(has_own_size):
    times = [(1, 1), (1, 32), (25, 32), (0, 1), (1, 1), (9, 5), (1, 32), (9, 5), (19, 5)]
    point = [(1, 12), (8, 5), (1, 1), (1, 1), (7, 10), (7, 10), (1, 1), (1, 1), (3, 4)]
    sides = [(11, 4), (10, 4), (3999, 12), (1999, 11)]
    tools = [(1, 1), (5, 4), (2, 3), (7, 3), (15, 4), (1, 1), (3, 2), (1, 1), (1, 1), (6, 3)]
    deepest = [(7, 3), (1, 1), (1, 1), (0, 1), (1, 1), (9, 8), (16, 8), (9, 8), (1, 1)]
    colours = [(1, 1), (0, 1), (0, 1), (1, 1)]
    sequence = packed(
        (2, 3), (0, 2), *times, (1, 1), (1, 5), *point, *point, *sides, *tools, *deepest, *colours
    )
    # The frame is an inner frame, shown at a given time, from an encoder with tools for screens.
    frame = packed(
        (0, 1), (1, 2), (1, 1), (7, 20), (0, 2), (1, 1), (1, 1), (3, 10), (has_own_size, 1)
    )
    found = read_frames(BytesIO(item_of(sequence, frame)))
    assert (found.width, found.height) == ((4096, 2048) if has_own_size else (4000, 2000))
    # 12 bits, colours at half the width, and film grain.
    assert found.bytes_per_decoded_pixel == 2 * 2 * 2


def item_of(sequence, frame):
    """Return a file whose stream has two units."""
    units = b"".join(
        bytes([kind << 3 | 2, len(content)]) + bytes(content)
        for kind, content in ((av1.SEQUENCE_HEADER, sequence), (av1.FRAME, frame))
    )
    return avif.file(((units, b"\x81\0\x0c\0"), SMALL))


def test_frames_that_are_not_shown_count(settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 600_000
    size = (500, 400)
    content, coding = avif.stream(size)
    _empty, _sequence, frame = av1.open_bitstream_units(memoryview(content))
    unit = content[-len(frame[1]) - 2 :]
    assert upload_picture(avif.file(((content + 2 * unit, coding), size)))[0] == size
    assert refusal(avif.file(((content + 3 * unit, coding), size))).code == "file_too_many_pixels"


@pytest.mark.parametrize("brand", [b"mif1", b"avis"])
def test_tracks_are_not_read_for_a_picture(brand):
    file = avif.file((avif.stream(SMALL), SMALL), brand=brand)
    assert refusal(file + avif.box(b"moov")).code == "moving"


def test_tracks_that_are_not_read_do_not_matter():
    assert upload_picture(avif.file((avif.stream(SMALL), SMALL)) + avif.box(b"moov")) == (
        SMALL,
        "RGB",
    )


STILL = avif.saved(SMALL, "RGBA")


@pytest.mark.parametrize("end", range(12, len(STILL), 7))
def test_half_a_file_is_a_damaged_picture(end):
    assert refusal(STILL[:end]).code == "invalid_image"


def test_a_changed_byte_gives_a_picture_or_an_error_of_the_field():
    for at in range(len(STILL)):
        for byte in (0, 1, 127, 255):
            content = STILL[:at] + bytes([byte]) + STILL[at + 1 :]
            with suppress(ValidationError):
                upload_picture(content)


STREAM, CODING = avif.stream(SMALL)

DAMAGED = {
    "no stream": lambda: avif.file((avif.grid(1, 1, SMALL), SMALL)),
    "two tables": lambda: STILL + avif.box(b"meta", bytes(4)),
    "no sequence": lambda: avif.file(((b"\x32\0", b"\x81\0\x0c\0"), SMALL)),
    "no frame": lambda: avif.file(((b"\x12\0", b"\x81\0\x0c\0"), SMALL)),
    "endless length": lambda: avif.file(((b"\x12" + b"\xff" * 9, b"\x81\0\x0c\0"), SMALL)),
    "many units": lambda: avif.file(((STREAM + b"\x12\0" * 6000, CODING), SMALL)),
    "endless pieces": lambda: avif.file(
        ((STREAM, CODING), SMALL), places=[(2, [(0, len(STREAM))] * 1000)]
    ),
    "long tables": lambda: avif.file(
        (avif.stream(SMALL), SMALL), references=[(b"cdsc", 1, [1] * 200)] * 500
    ),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_what_cannot_be_understood_is_a_damaged_picture(name):
    with pytest.raises(ValueError, match=r"\."):
        read_frames(BytesIO(DAMAGED[name]()))
    assert refusal(DAMAGED[name]()).code == "invalid_image"
