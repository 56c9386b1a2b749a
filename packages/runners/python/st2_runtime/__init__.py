"""How Python code of packs is run: private to the platform. What packs import are the packages beside this one."""
import os
import sys

#: Modules that Python itself has loaded: no pack could ever put others in their place.
STARTUP_MODULES = frozenset(sys.modules)

#: Where st2common, st2actions, st2reactor, st2client and st2tests are.
RUNTIME_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

#: Parts of libraries that packs use without asking for them. Not for the programs that packs start: for those PYTHONPATH
#: comes before what is installed.
FALLBACKS_FOLDER = os.path.join(RUNTIME_FOLDER, "fallbacks")
