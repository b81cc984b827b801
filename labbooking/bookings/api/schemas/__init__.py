"""How bookings are asked for and told by API: shapes, and what no shape could mean."""
