#!/usr/bin/env python3
"""Starts the real server over an index of samples/ on a free port and drives the page in Chromium."""
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(__file__))
from server import Server

binary, source, node, chromium = sys.argv[1:5]
with tempfile.TemporaryDirectory() as folder:
    index = os.path.join(folder, 'index')
    status = subprocess.run([binary, 'index', '--quiet', '--index', index, os.path.join(source, 'samples')]).returncode
    assert status in (0, 1), status
    # axe-core comes from npm, for this test alone; without it its check says that it was passed over.
    axe = os.environ.get('RESOLUTE_AXE', '')
    if not axe:
        try:
            subprocess.run(['npm', 'install', '--silent', '--no-save', '--prefix', folder, 'axe-core@4'], check=True, timeout=60, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            axe = os.path.join(folder, 'node_modules/axe-core/axe.min.js')
        except (OSError, subprocess.SubprocessError):
            print('axe-core could not be installed: accessibility is not checked')
    with Server(binary, index) as server:
        # The samples give every check its occasion.
        env = dict(os.environ, CHROMIUM=chromium, RESOLUTE_STRICT='1', RESOLUTE_AXE=axe)
        sys.exit(subprocess.run([node, os.path.join(source, 'tests/e2e/page_test.mjs'), server.url], env=env).returncode)
