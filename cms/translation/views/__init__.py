"""The views for translators and reviewers."""
