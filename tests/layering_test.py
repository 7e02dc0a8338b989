#!/usr/bin/env python3
"""Reads every #include of the rooms and fails on an arrow that docs/architecture.md does not draw."""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
ROOMS = {
    'schemas': set(),
    'text': {'schemas'},
    'indexer': {'schemas', 'text'},
    'search': {'schemas', 'text'},
    'http': {'schemas', 'text', 'search'},
    'cli': {'schemas', 'text', 'indexer', 'search', 'http'},
}
# Libraries that one room alone may know, and then not in a header.
PRIVATE = {
    'xapian.h': {'schemas', 'indexer'}, 'unicode/': {'text'}, 'httplib.h': {'http'}, 'libxml/': {'indexer'},
    'archive': {'indexer'}, 'poppler': {'indexer'}, 'libstemmer.h': {'text'}, 'zstd.h': {'schemas'}, 'prometheus/': {'http'},
    'spdlog/': {'cli'}, 'xlsxwriter.h': {'http'},
}
faults = []
seen = 0
for room, allowed in ROOMS.items():
    files = sorted(p for p in (ROOT / room).rglob('*') if p.suffix in ('.h', '.cc'))
    for path in files:
        for number, line in enumerate(path.read_text(encoding='utf8').split('\n'), 1):
            m = re.match(r'\s*#include\s+(["<])([^">]+)[">]', line)
            if not m:
                continue
            seen += 1
            quote, name = m.groups()
            where = f'{path.relative_to(ROOT)}:{number}'
            if quote == '"':
                other = name.split('/')[0]
                if other not in ROOMS:
                    faults.append(f'{where}: "{name}" is in no room')
                elif other != room and other not in allowed:
                    faults.append(f'{where}: {room} may not include {other}')
            for library, rooms in PRIVATE.items():
                if name.startswith(library):
                    if room not in rooms:
                        faults.append(f'{where}: {room} may not include <{name}>')
                    elif path.suffix == '.h':
                        faults.append(f'{where}: a header shows <{name}>')
print('\n'.join(faults))
print(f'{seen} includes read, {len(faults)} faults')
sys.exit(1 if faults or seen < 100 else 0)
