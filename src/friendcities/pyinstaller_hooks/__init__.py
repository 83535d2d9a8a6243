"""What PyInstaller needs to freeze a program that uses the package; PyInstaller finds it by an entry point.

Internal.
"""


def get_hook_dirs() -> list[str]:
    """The folders with hooks: this one."""
    return list(__path__)
