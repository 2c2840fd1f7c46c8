"""The URLs of the desk, below `/admin/translations/`."""

from cms.translation.views import board, desk_urls, exchange, machine_translation

app_name = "translations"

urlpatterns = [
    *board.urlpatterns,
    *desk_urls.urlpatterns,
    *exchange.urlpatterns,
    *machine_translation.urlpatterns,
]
