"""What becomes of an item's record: each module is a step from records to records."""
