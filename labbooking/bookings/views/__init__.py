"""Pages of the room: they translate, they decide nothing."""
