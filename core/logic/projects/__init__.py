"""What makes sense in a project's settings."""
