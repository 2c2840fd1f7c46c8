"""Fast encoding of test pictures, and measuring of a picture's memory in a separate process."""

import subprocess
import sys

from PIL import Image

from tests.portal import ROOT

UPLOAD = r"""
import re, sys
import django
django.setup()
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import TemporaryUploadedFile
from cms.images.upload_form import PictureField
path = sys.argv[1]
upload = TemporaryUploadedFile(path.rpartition("/")[2], "image/x", 0, None)
with open(path, "rb") as source:
    upload.write(source.read())
upload.size = upload.tell()
upload.seek(0)
try:
    PictureField().clean(upload)
    taken = 1
except ValidationError:
    taken = 0
with open("/proc/self/status") as status:
    print(taken, int(re.search(r"VmHWM:\s+(\d+) kB", status.read())[1]) // 1024)
"""


def upload_in_subprocess(path):
    """Return whether the upload of `path` is accepted, and the process's peak memory in megabytes.

    The upload runs in a process of its own, which holds all that a worker holds, and the picture.
    """
    measured = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", UPLOAD, str(path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    taken, megabytes = map(int, measured.stdout.split())
    return bool(taken), megabytes


def draw_avif_hastily():
    """Encode AVIF at the encoder's highest speed from now on, which is ten times as fast."""
    Image.init()
    save = Image.SAVE["AVIF"]

    def save_hastily(image, *target):
        image.encoderinfo.setdefault("speed", 10)
        save(image, *target)

    Image.register_save("AVIF", save_hastily)
