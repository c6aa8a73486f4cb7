"""Speed and memory, measured as whole processes: ``python -m benchmarks`` (or ``make bench``)."""
