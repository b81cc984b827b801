"""Why there is no backup, or no way back from one."""


class BackupFailed(Exception):
    """Carries one sentence for whoever looks after the house; nothing has changed."""
