"""One self-contained page: a summary, a map, a table that sorts and filters, and every figure's quotation.

Nothing is fetched by it and nothing of an article runs in it: see :mod:`page`.
"""
