"""Pictures that no one looks at, and that need not be drawn with care."""

from PIL import Image


def draw_avif_hastily():
    """Draw AVIF at the highest speed of its encoder from now on, ten times as fast."""
    Image.init()
    save = Image.SAVE["AVIF"]

    def save_hastily(image, *target):
        image.encoderinfo.setdefault("speed", 10)
        save(image, *target)

    Image.register_save("AVIF", save_hastily)
