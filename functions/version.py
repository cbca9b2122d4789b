"""The version that the API tells."""

VERSION = "0.1.0"
