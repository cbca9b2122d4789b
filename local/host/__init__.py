"""The Azure Functions host's semantics for one function app, on one event loop."""
