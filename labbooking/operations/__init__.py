"""How the house is kept running: signs of life, backups and the way back from them."""
