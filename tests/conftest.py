"""What holds for every test."""

from hypothesis import HealthCheck, settings

# Two shared cores say nothing about a test: neither how long it took, nor how long its input.
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")
