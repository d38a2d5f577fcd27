"""Configuration of the plain lit suite: `lit test/lit`.

`-Dsubprocess=1` runs each command as a process of its own, as a user would; the default runs them
inside lit's workers.
"""

import os
import sys

import lit.formats

_HERE = os.path.dirname(__file__)
sys.path.insert(0, _HERE)

import inprocess  # noqa: E402
import lit_format  # noqa: E402

config.name = "tilewright"
config.test_source_root = _HERE
config.suffixes = list(inprocess.SUFFIXES)
config.available_features.update(inprocess.features())

if lit_config.params.get("subprocess"):
    config.test_format = lit.formats.ShTest(execute_external=False)
    # The tools stand beside the Python that runs lit.
    config.environment["PATH"] = os.pathsep.join([os.path.dirname(sys.executable), config.environment["PATH"]])
    config.environment["PYTHONWARNINGS"] = "error"
else:
    config.test_format = lit_format.InProcess()
