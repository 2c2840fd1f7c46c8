"""Static files under names that change with their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, where a script that imports another gets its newest one too.

    Without that an import would name a file whose content changes, which browsers may keep.
    """

    support_js_module_import_aggregation = True
