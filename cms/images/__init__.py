"""Pictures: how they are uploaded and described, and in which sizes pages show them."""
