"""What people type about bookings: the shape of it; whether it may be is for the rules."""
