"""The memory that a still AV1 stream needs, read from its headers (chapter 5 of its standard).

A decoder uses only the stream. It ignores the size that the file around the stream states.
"""

from collections.abc import Iterator
from typing import NamedTuple

SEQUENCE_HEADER, FRAME_HEADER, FRAME, REDUNDANT_FRAME_HEADER = 1, 3, 6, 7
KEY_FRAME, SWITCH_FRAME = 0, 3
LEFT_TO_THE_FRAME = 2

# A still picture has a few units, and some more if it is divided into tiles.
MAX_UNITS = 5_000

# The number of bytes that are read from a header. No header has so many bytes.
MAX_HEADER_BYTES = 1024

# A decoder rounds up the sides of a smaller picture to this number of pixels.
BLOCK_SIDE_PIXELS = 128


class Frames(NamedTuple):
    """The frames of a stream: largest sides, all pixels, and bytes per decoded pixel."""

    width: int
    height: int
    pixels: int
    bytes_per_decoded_pixel: float


class BitReader:
    """Reader of numbers that have any number of bits."""

    def __init__(self, content: memoryview) -> None:
        """Start at the first bit of `content`."""
        self.content = int.from_bytes(content[:MAX_HEADER_BYTES], "big")
        self.left = 8 * min(len(content), MAX_HEADER_BYTES)

    def read(self, count: int = 1) -> int:
        """Return the number in the next `count` bits."""
        if count > self.left:
            raise ValueError("The header ends too early.")
        self.left -= count
        return self.content >> self.left & ((1 << count) - 1)

    def skip_variable(self) -> None:
        """Skip a number whose length is given by the zeros before it."""
        zeros = 0
        while not self.read():
            zeros += 1
        if zeros < 32:
            self.read(zeros)


class Sequence:
    """The sequence header, which describes all frames that follow it."""

    def __init__(self, bits: BitReader) -> None:
        """Read the header in the order of the standard (5.5)."""
        self.equal_intervals = self.decoder_model = False
        self.time_length = self.frame_id_length = 0
        self.screen_tools = self.whole_vectors = LEFT_TO_THE_FRAME
        profile = bits.read(3)
        bits.read()
        self.is_reduced = bits.read()
        if self.is_reduced:
            bits.read(5)
        else:
            self.read_operating_points(bits)
        self.width_bits, self.height_bits = bits.read(4) + 1, bits.read(4) + 1
        self.width, self.height = bits.read(self.width_bits) + 1, bits.read(self.height_bits) + 1
        if not self.is_reduced and bits.read():
            self.frame_id_length = bits.read(4) + bits.read(3) + 3
        bits.read(3)
        if not self.is_reduced:
            self.read_tools(bits)
        bits.read(3)
        self.bytes_per_decoded_pixel = self.read_colour_config(bits, profile)
        if bits.read():
            # A decoder draws film grain onto a copy of the picture.
            self.bytes_per_decoded_pixel *= 2

    def read_operating_points(self, bits: BitReader) -> None:
        """Skip the times and levels, which are only for films."""
        delay_length = 0
        if bits.read():
            bits.read(64)
            self.equal_intervals = bool(bits.read())
            if self.equal_intervals:
                bits.skip_variable()
            self.decoder_model = bool(bits.read())
            if self.decoder_model:
                delay_length = bits.read(5) + 1
                bits.read(32 + 5)
                self.time_length = bits.read(5) + 1
        has_initial_delay = bits.read()
        for _point in range(bits.read(5) + 1):
            bits.read(12)
            if bits.read(5) > 7:
                bits.read()
            if self.decoder_model and bits.read():
                bits.read(2 * delay_length + 1)
            if has_initial_delay and bits.read():
                bits.read(4)

    def read_tools(self, bits: BitReader) -> None:
        """Skip the tools of encoders. Keep the flags that make the header of each frame longer."""
        bits.read(4)
        has_order = bits.read()
        if has_order:
            bits.read(2)
        if not bits.read():
            self.screen_tools = bits.read()
        if self.screen_tools and not bits.read():
            self.whole_vectors = bits.read()
        if has_order:
            bits.read(3)

    def read_colour_config(self, bits: BitReader, profile: int) -> float:
        """Return the bytes per decoded pixel, for grey or colour, and for 8 bits or more."""
        is_deep = bits.read()
        is_deepest = profile == 2 and is_deep and bits.read()
        sample = 2 if is_deep else 1
        is_grey = profile != 1 and bits.read()
        colours = tuple(bits.read(8) for _ in range(3)) if bits.read() else None
        if is_grey:
            bits.read()
            return sample
        if colours == (1, 13, 0):
            across = down = 0
        else:
            bits.read()
            across, down = {0: (1, 1), 1: (0, 0)}.get(profile, (1, 0))
            if is_deepest:
                across = bits.read()
                down = bits.read() if across else 0
            if across and down:
                bits.read(2)
        bits.read()
        return sample * (1 + 2 / 2 ** (across + down))

    def frame_size(self, bits: BitReader) -> tuple[int, int] | None:
        """Return the largest possible size of the frame whose header begins here (5.9.2).

        Return `None` if the header shows an earlier frame. A header may state its own size, in as
        many bits as the sequence allows.
        """
        size = (self.width, self.height)
        if self.is_reduced:
            return size
        if bits.read():
            return None
        kind = bits.read(2)
        is_shown = bits.read()
        if is_shown and self.decoder_model and not self.equal_intervals:
            bits.read(self.time_length)
        if not is_shown:
            bits.read()
        if kind != SWITCH_FRAME and not (kind == KEY_FRAME and is_shown):
            bits.read()
        bits.read()
        screen_tools = self.screen_tools
        if screen_tools == LEFT_TO_THE_FRAME:
            screen_tools = bits.read()
        if screen_tools and self.whole_vectors == LEFT_TO_THE_FRAME:
            bits.read()
        bits.read(self.frame_id_length)
        if kind == SWITCH_FRAME or bits.read():
            return (1 << self.width_bits, 1 << self.height_bits)
        return size


def open_bitstream_units(stream: memoryview) -> Iterator[tuple[int, memoryview]]:
    """Yield the kind and the content of each unit of a stream (5.3)."""
    count = at = 0
    while at < len(stream):
        count += 1
        if count > MAX_UNITS:
            raise ValueError("The stream has too many units.")
        head = stream[at]
        at += 2 if head & 4 else 1
        length = max(len(stream) - at, 0)
        if head & 2:
            length, at = variable_length(stream, at)
        if at + length > len(stream):
            raise ValueError("A unit ends too early.")
        yield head >> 3 & 15, stream[at : at + length]
        at += length


def variable_length(stream: memoryview, at: int) -> tuple[int, int]:
    """Return the number at `at` and the position after its end.

    Each byte holds 7 bits of the number.
    """
    number = 0
    for index, byte in enumerate(stream[at : at + 8]):
        number |= (byte & 127) << 7 * index
        if byte < 128:
            return number, at + index + 1
    raise ValueError("A length does not end.")


def frames(stream: memoryview) -> Frames:
    """Return the frames of a stream as one total.

    Frames that are not shown count too, because a decoder decodes and keeps them. A stream without
    any frame is damaged and raises `ValueError`.
    """
    sequence = None
    width = height = pixels = 0
    bytes_per_decoded_pixel = 0.0
    for kind, content in open_bitstream_units(stream):
        bits = BitReader(content)
        if kind == SEQUENCE_HEADER:
            sequence = Sequence(bits)
            bytes_per_decoded_pixel = max(bytes_per_decoded_pixel, sequence.bytes_per_decoded_pixel)
        elif kind in (FRAME_HEADER, FRAME, REDUNDANT_FRAME_HEADER):
            if not sequence:
                raise ValueError("A frame comes before the header of its sequence.")
            if size := sequence.frame_size(bits):
                width, height = max(width, size[0]), max(height, size[1])
                pixels += max(size[0], BLOCK_SIDE_PIXELS) * max(size[1], BLOCK_SIDE_PIXELS)
    if not pixels:
        raise ValueError("The stream holds no picture.")
    return Frames(width, height, pixels, bytes_per_decoded_pixel)
