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
    # axe-core and playwright-core come from npm, for this test alone; without them it says what was passed over.
    modules = os.environ.get('RESOLUTE_NODE_MODULES', '')
    if not modules:
        try:
            subprocess.run(['npm', 'install', '--silent', '--no-save', '--prefix', folder, 'axe-core@4', 'playwright-core@1'], check=True, timeout=90, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            modules = os.path.join(folder, 'node_modules')
        except (OSError, subprocess.SubprocessError):
            print('SKIPPED: axe-core and playwright-core could not be installed: neither accessibility nor the tasks of staff are checked')
    with Server(binary, index) as server:
        # The samples give every check its occasion.
        env = dict(os.environ, CHROMIUM=chromium, RESOLUTE_STRICT='1', RESOLUTE_AXE=os.path.join(modules, 'axe-core/axe.min.js') if modules else '')
        status = subprocess.run([node, os.path.join(source, 'tests/e2e/page_test.mjs'), server.url], env=env).returncode
        if modules:
            status = subprocess.run([node, os.path.join(source, 'tests/e2e/tasks_test.mjs'), server.url, os.path.join(modules, 'playwright-core')], env=env).returncode or status
        sys.exit(status)
