"""What translators, and those who review, see."""
