"""What `assist.py` is made of. Neither it nor Tagwerk's application imports the other."""
