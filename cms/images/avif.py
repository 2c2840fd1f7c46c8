"""The memory that an AVIF file needs, read from the AV1 streams in it.

The file states a size, and the streams state their own. Only the streams show how much memory a
decoder needs. The tables of the file (ISO/IEC 14496-12, 8.11) give the positions of the streams.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import IO

from cms.images import av1

BRANDS = {b"avif", b"avis"}

# Bytes. A picture of a thousand tiles needs a fifth of this.
MAX_TABLE_BYTES = 200_000

# A table of a few bytes may announce billions of extents. Each extent takes memory, but no byte of
# the file. Pillow's reader allocates memory for all of them when it opens the file.
MAX_EXTENTS = 10_000


class AnimatedImageError(ValueError):
    """The error for a file that would be read as a film."""


class ByteReader:
    """Reader of numbers that have whole bytes."""

    def __init__(self, content: memoryview) -> None:
        """Start at the first byte of `content`."""
        self.content, self.at = content, 0

    def read(self, size: int) -> int:
        """Return the number in the next `size` bytes."""
        self.at += size
        if self.at > len(self.content):
            raise ValueError("A table ends too early.")
        return int.from_bytes(self.content[self.at - size : self.at], "big")


def boxes(content: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    """Yield the kind and the content of each box in `content`, in order."""
    at = 0
    while at < len(content):
        header = ByteReader(content[at : at + 16])
        size, kind = header.read(4), header.read(4).to_bytes(4, "big")
        if size == 1:
            size = header.read(8)
        elif size == 0:
            size = len(content) - at
        if size < header.at or at + size > len(content):
            raise ValueError("A box is not as long as it says.")
        yield kind, content[at + header.at : at + size]
        at += size


class Items:
    """The items of a file by their numbers: streams, and pictures made of several streams."""

    def __init__(self, file: memoryview, meta: memoryview) -> None:
        """Read the tables in the `meta` box of a file."""
        self.file = file
        self.tables = dict(boxes(meta[4:]))
        self.kinds = set(self.read_kinds())
        self.locations = dict(self.read_item_locations())
        self.references = defaultdict(list)
        for kind, source, target in self.read_references():
            self.references[kind, source].append(target)
        self.helpers = defaultdict(list)
        for (kind, source), targets in self.references.items():
            if kind == b"auxl":
                for target in targets:
                    self.helpers[target].append(source)

    def table(self, kind: bytes) -> memoryview:
        """Return a table, or raise `ValueError` if it is too long.

        In a normal file, no table is so long.
        """
        table = self.tables.get(kind, memoryview(b""))
        if len(table) > MAX_TABLE_BYTES:
            raise ValueError("A table is too long.")
        return table

    def read_kinds(self) -> Iterator[tuple[int, bytes]]:
        """Yield the number and the kind of each item."""
        table = self.table(b"iinf")
        for _kind, entry in boxes(table[8 if table[0] else 6 :]) if table else ():
            numbers = ByteReader(entry)
            version = numbers.read(4) >> 24
            number = numbers.read(4 if version == 3 else 2)
            numbers.read(2)
            yield number, numbers.read(4).to_bytes(4, "big")

    def read_item_locations(self) -> Iterator[tuple[int, tuple[int, tuple[tuple[int, int], ...]]]]:
        """Yield the number and the location of each item.

        A location is a pair of a method and extents. The method is 0 for the file and 1 for `idat`.
        Each extent is a pair of start and length, in bytes.
        """
        numbers = ByteReader(self.table(b"iloc"))
        version = numbers.read(4) >> 24
        sizes = numbers.read(2)
        of_offset, of_length, of_base, of_index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
        of_number = 4 if version == 2 else 2
        extents_left = MAX_EXTENTS
        for _item in range(numbers.read(of_number)):
            number = numbers.read(of_number)
            method = numbers.read(2) if version else 0
            numbers.read(2)
            base = numbers.read(of_base)
            count = numbers.read(2)
            extents_left -= count
            if extents_left < 0:
                raise ValueError("The items are in too many pieces.")
            extents = []
            for _extent in range(count):
                numbers.read(of_index if version else 0)
                extents.append((base + numbers.read(of_offset), numbers.read(of_length)))
            yield number, (method, tuple(extents))

    def read_references(self) -> Iterator[tuple[bytes, int, int]]:
        """Yield the kind, the source and the target of each reference between items."""
        table = self.table(b"iref")
        for kind, reference in boxes(table[4:]):
            numbers = ByteReader(reference)
            size = 4 if table[0] else 2
            source = numbers.read(size)
            for _target in range(numbers.read(2)):
                yield kind, source, numbers.read(size)

    def stream(self, method: int, extents: tuple[tuple[int, int], ...]) -> memoryview:
        """Return the content of the item at a location."""
        if method not in (0, 1):
            raise ValueError("An item is stored in another one.")
        source = self.tables.get(b"idat", memoryview(b"")) if method else self.file
        if any(start + length > len(source) for start, length in extents):
            raise ValueError("An item ends too early.")
        if sum(length for _start, length in extents) > len(source):
            raise ValueError("The pieces of an item overlap.")
        pieces = [source[start : start + length] for start, length in extents]
        return pieces[0] if len(pieces) == 1 else memoryview(b"".join(pieces))

    def frames(self) -> dict[int, av1.Frames]:
        """Return the frames of each stream by item number. Several items may share a stream."""
        streams = {}
        length = 0
        found = {}
        for number, kind in self.kinds:
            if kind != b"av01":
                continue
            location = self.locations.get(number)
            if not location:
                raise ValueError("An item is nowhere.")
            if location not in streams:
                stream = self.stream(*location)
                length += len(stream)
                if length > len(self.file):
                    raise ValueError("The items overlap.")
                streams[location] = av1.frames(stream)
            found[number] = streams[location]
        return found


def most_frames(items: Items) -> av1.Frames:
    """Return the largest frames that a decoder must decode at once, for any item of the file.

    This is one stream, or all tiles of a grid. The transparency of a picture is stored as a
    separate picture. Its memory is already in the bytes of a transparent pixel, unless it is larger
    than the picture.
    """
    frames = items.frames()
    if not frames:
        raise ValueError("The file holds no stream.")
    pixels = {number: found.pixels for number, found in frames.items()}
    bytes_per_decoded_pixel = max(found.bytes_per_decoded_pixel for found in frames.values())
    most = max(pixels.values())
    for number, kind in items.kinds:
        if kind == b"grid":
            tiles = items.references[b"dimg", number]
            most = max(
                most,
                sum(
                    max(pixels.get(part, 0) for part in (tile, *items.helpers[tile]))
                    for tile in tiles
                ),
            )
            # The tiles are copied into one picture.
            bytes_per_decoded_pixel = 2 * max(
                found.bytes_per_decoded_pixel for found in frames.values()
            )
    largest = max(frames.values(), key=lambda found: found.pixels)
    return av1.Frames(largest.width, largest.height, most, bytes_per_decoded_pixel)


def read_frames(file: IO[bytes]) -> av1.Frames | None:
    """Return the frames of an AVIF file, or `None` if the file is not an AVIF.

    Raise `ValueError` if the file is damaged. Call this before Pillow opens the file.
    """
    file.seek(4)
    if file.read(4) != b"ftyp":
        return None
    file.seek(0)
    content = memoryview(file.read())
    kind, brands = next(boxes(content))
    major, *others = (bytes(brands[at : at + 4]) for at in range(0, len(brands), 4))
    if BRANDS.isdisjoint([major, *others]):
        return None
    metas = []
    for kind, box in boxes(content):
        if kind == b"moov" and major != b"avif":
            raise AnimatedImageError("The tracks of the file would be read.")
        if kind == b"meta":
            metas.append(box)
    if len(metas) != 1:
        raise ValueError("The file has no items, or two tables of them.")
    return most_frames(Items(content, metas[0]))
