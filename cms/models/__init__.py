"""The models of `cms`, including images, documents, the site frame and the base of all pages."""

from cms.models.attempts import FailedAttempts
from cms.models.documents import PortalDocument
from cms.models.gone_address import GoneAddress
from cms.models.images import FormerRenditionName, PortalImage, PortalRendition
from cms.models.pages import BodyPage, PortalPage, PortalPageForm
from cms.models.site_frame import SiteFrame
from cms.models.workers import WorkerSign

__all__ = [
    "BodyPage",
    "FormerRenditionName",
    "FailedAttempts",
    "GoneAddress",
    "PortalDocument",
    "PortalImage",
    "PortalPage",
    "PortalPageForm",
    "PortalRendition",
    "SiteFrame",
    "WorkerSign",
]
