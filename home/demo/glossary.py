"""Official names of state bodies and titles, with the English translations that the state uses."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A name or title, its official English translation, and a note about its use."""

    source: str
    translation: str
    note: str = ""


TERMS = (
    Term("Quốc hội", "National Assembly"),
    Term("Chính phủ", "Government"),
    Term("Thủ tướng Chính phủ", "Prime Minister"),
    Term("Bộ Nội vụ", "Ministry of Home Affairs"),
    Term("Sở Nội vụ", "Department of Home Affairs"),
    Term("Giám đốc Sở", "Director of the Department"),
    Term("Hội đồng nhân dân", "People’s Council", "Cấp tỉnh thêm Provincial."),
    Term("Hội đồng nhân dân tỉnh", "Provincial People’s Council"),
    Term("Ủy ban nhân dân", "People’s Committee"),
    Term("Ủy ban nhân dân tỉnh", "Provincial People’s Committee"),
    Term(
        "Chủ tịch Ủy ban nhân dân tỉnh",
        "Chairman of the Provincial People’s Committee",
        "Chairwoman nếu là nữ.",
    ),
    Term("Mặt trận Tổ quốc Việt Nam", "Viet Nam Fatherland Front"),
    Term("Nghị định", "Decree"),
    Term("Thông tư", "Circular"),
)
