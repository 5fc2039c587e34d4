"""What is said where a command needs Polars and it is not installed?"""

try:
    import polars as _polars  # noqa: F401
except ImportError:
    raise SystemExit(
        "Il manque polars : pip install 'aides-matcher[batch]'\n"
        "polars is missing: pip install 'aides-matcher[batch]'"
    ) from None
