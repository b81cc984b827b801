"""What jurors grade each criterion with."""

LOWEST, HIGHEST = 1, 5
GRADES = range(LOWEST, HIGHEST + 1)
