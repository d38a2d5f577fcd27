"""The lit suite's test format: `inprocess.run_file` instead of a shell."""

from __future__ import annotations

from pathlib import Path

import inprocess
import lit.formats
import lit.LitConfig
import lit.Test


class InProcess(lit.formats.FileBasedTest):
    """Runs a test file inside the lit worker."""

    def execute(self, test: lit.Test.Test, _config: lit.LitConfig.LitConfig) -> lit.Test.Result:
        """Run one file."""
        try:
            inprocess.run_file(Path(test.getSourcePath()))
        except inprocess.MissingFeatureError as missing:
            return lit.Test.Result(lit.Test.UNSUPPORTED, str(missing))
        except inprocess.RefusedError as refused:
            return lit.Test.Result(lit.Test.UNRESOLVED, str(refused))
        except inprocess.FailedError as failed:
            return lit.Test.Result(lit.Test.FAIL, str(failed))
        return lit.Test.Result(lit.Test.PASS)
