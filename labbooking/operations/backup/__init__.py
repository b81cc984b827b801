"""The whole lab in one sealed file, and back: `save.save()` and `restore.restore()`."""
