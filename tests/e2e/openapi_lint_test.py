#!/usr/bin/env python3
"""schemas/openapi.json by a public linter from npm, without a warning: openapi_lint_test.py SOURCE. Skipped, loudly, without it."""
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile

source = sys.argv[1]
npm = shutil.which('npm')
with tempfile.TemporaryDirectory() as tmp:
    folder = os.environ.get('RESOLUTE_NODE_MODULES') or tmp
    linter = os.path.join(folder, 'node_modules/.bin/redocly')
    if npm and not os.path.exists(linter):
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run([npm, 'install', '--prefix', folder, '--no-audit', '--no-fund', '--silent', '@redocly/cli@1.34.5'], timeout=120, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if not os.path.exists(linter):
        print('SKIPPED: no npm, or no linter from it')
        sys.exit(0)
    done = subprocess.run([linter, 'lint', os.path.join(source, 'schemas/openapi.json'), '--extends=recommended', '--format=stylish'], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          env={**os.environ, 'REDOCLY_TELEMETRY': 'off', 'REDOCLY_SUPPRESS_UPDATE_NOTICE': 'true'})
    said = done.stdout
    print(said[-3000:])
    sys.exit(1 if done.returncode or 'warning' in said.lower().replace('deprecation warning', '') else 0)
