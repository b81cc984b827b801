#!/usr/bin/env python
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "labbooking.settings")
    from django.core.management import execute_from_command_line
    from django.db import InterfaceError, OperationalError, ProgrammingError

    try:
        execute_from_command_line(sys.argv)
    except (OperationalError, InterfaceError, ProgrammingError) as error:
        from labbooking.operations.database_missing import in_one_line

        sys.exit(in_one_line(error))
