"""The only writers of slots and of the places in them."""
