"""The addresses of the desk, below `/admin/translations/`."""

from cms.translation.views import board, editor, exchange, machine

app_name = "translations"

urlpatterns = [
    *board.urlpatterns,
    *editor.urlpatterns,
    *exchange.urlpatterns,
    *machine.urlpatterns,
]
