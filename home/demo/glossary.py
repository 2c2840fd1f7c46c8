"""Official names of state bodies and titles, with the English translations that the state uses."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TermContent:
    """A name or title, its official English translation, and a note about its use."""

    source: str
    translation: str
    note: str = ""


TERMS = (
    TermContent("Quốc hội", "National Assembly"),
    TermContent("Chính phủ", "Government"),
    TermContent("Thủ tướng Chính phủ", "Prime Minister"),
    TermContent("Bộ Nội vụ", "Ministry of Home Affairs"),
    TermContent("Sở Nội vụ", "Department of Home Affairs"),
    TermContent("Giám đốc Sở", "Director of the Department"),
    TermContent("Hội đồng nhân dân", "People’s Council", "Cấp tỉnh thêm Provincial."),
    TermContent("Hội đồng nhân dân tỉnh", "Provincial People’s Council"),
    TermContent("Ủy ban nhân dân", "People’s Committee"),
    TermContent("Ủy ban nhân dân tỉnh", "Provincial People’s Committee"),
    TermContent(
        "Chủ tịch Ủy ban nhân dân tỉnh",
        "Chairman of the Provincial People’s Committee",
        "Chairwoman nếu là nữ.",
    ),
    TermContent("Mặt trận Tổ quốc Việt Nam", "Viet Nam Fatherland Front"),
    TermContent("Nghị định", "Decree"),
    TermContent("Thông tư", "Circular"),
)
