"""What all doors of the API share: how things are written, paged, limited and refused."""
