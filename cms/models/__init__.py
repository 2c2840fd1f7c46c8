"""The models of the frame: the libraries, the site frame, and the base of every page."""

from cms.models.documents import PortalDocument
from cms.models.frame import SiteFrame
from cms.models.gone import GoneAddress
from cms.models.images import PortalImage, PortalRendition
from cms.models.pages import BodyPage, PortalPage, PortalPageForm

__all__ = [
    "BodyPage",
    "GoneAddress",
    "PortalDocument",
    "PortalImage",
    "PortalPage",
    "PortalPageForm",
    "PortalRendition",
    "SiteFrame",
]
