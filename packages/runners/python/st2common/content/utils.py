"""Where packs are."""
import os
import shlex

__all__ = [
    "check_pack_content_directory_exists",
    "check_pack_directory_exists",
    "get_pack_base_path",
    "get_pack_directory",
    "get_pack_file_abs_path",
    "get_packs_base_paths",
    "get_system_packs_base_path",
]

#: Folders of packs, first one first; the platform sets it for every action and sensor.
PATHS_VARIABLE = "ST2_PACKS_BASE_PATHS"


def get_packs_base_paths():
    paths = os.environ.get(PATHS_VARIABLE) or "/opt/stackstorm/packs"
    return list(dict.fromkeys(path for path in paths.split(os.pathsep) if path))


def get_system_packs_base_path():
    return get_packs_base_paths()[0]


def get_pack_directory(pack_name):
    for path in get_packs_base_paths():
        folder = os.path.abspath(os.path.join(path, shlex.quote(pack_name)))
        if os.path.isdir(folder):
            return folder
    return None


def get_pack_base_path(pack_name, include_trailing_slash=False, use_pack_cache=False):
    """Of a pack that is nowhere: where it would be."""
    if not pack_name:
        return None
    path = get_pack_directory(pack_name) or os.path.join(get_system_packs_base_path(), shlex.quote(pack_name))
    return path + os.sep if include_trailing_slash else path


def check_pack_directory_exists(pack):
    return get_pack_directory(pack) is not None


def check_pack_content_directory_exists(pack, content_type):
    return any(os.path.exists(os.path.join(path, pack, content_type)) for path in get_packs_base_paths())


def get_pack_file_abs_path(pack_ref, file_path, resource_type=None, use_pack_cache=False):
    base = get_pack_base_path(pack_ref)
    normal = os.path.normpath("/" + file_path).lstrip("/")
    if normal != file_path:
        folder = " " if resource_type is None else " %ss " % resource_type
        raise ValueError(
            'Invalid file path: "%s". File path needs to be relative to the pack%sdirectory (%s). '
            'For example "my_%s.py".' % (file_path, folder, base, resource_type or "action")
        )
    return os.path.join(base, normal)
