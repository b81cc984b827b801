"""What people say about themselves: what they may be called, and by which clocks they live."""
