"""A development host for the unchanged function_app.py: loopback only, never for production."""
