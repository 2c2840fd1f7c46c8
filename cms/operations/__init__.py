"""What keeps the site running beside its pages."""
