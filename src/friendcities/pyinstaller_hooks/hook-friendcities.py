"""PyInstaller's hook: the data, the modules that are imported by name, and the metadata of the package."""

from PyInstaller.utils.hooks import collect_data_files, collect_submodules, copy_metadata

datas = collect_data_files("friendcities") + collect_data_files("pycountry") + copy_metadata("friendcities")
hiddenimports = collect_submodules("friendcities", on_error="ignore")
