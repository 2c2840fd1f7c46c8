"""Storage of static files whose names change with their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, which also renames the modules that a script imports.

    Without this, an import names the file without a hash, and a browser may use an old copy.
    """

    support_js_module_import_aggregation = True
