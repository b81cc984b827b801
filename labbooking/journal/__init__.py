"""What happened. `record.record()` writes, nothing rewrites."""
