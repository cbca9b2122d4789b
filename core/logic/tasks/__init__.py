"""Who gets which items, and for how long."""
