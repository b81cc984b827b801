"""How much people may write, in characters: columns, forms and the API take it from here."""

LONGEST_LINE = 200
LONGEST_ADDRESS = 254
"""Of an e-mail address: as many as the columns hold, of which PostgreSQL takes no more."""
LONGEST_PARAGRAPH = 500
LONGEST_LIST = 1000
LONGEST_DESCRIPTION = 2000
