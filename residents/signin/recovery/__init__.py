"""Letting somebody in anew who lost both: two of the house agree, then a link goes by mail."""
