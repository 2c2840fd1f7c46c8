"""The addresses of the desk, below `/admin/translations/`."""

from cms.translation.views import board, editor, exchange, machine_translation

app_name = "translations"

urlpatterns = [
    *board.urlpatterns,
    *editor.urlpatterns,
    *exchange.urlpatterns,
    *machine_translation.urlpatterns,
]
