"""The examples of docs/api.md against samples/: docs_test.py RESOLUTE SOURCE.

What stands between two "..." must come out in that order, white space aside."""
import os
import re
import subprocess
import sys
import tempfile

from server import Server

binary, source = sys.argv[1:3]
bare = lambda s: re.sub(r'\s+', '', s)
failed = examples = 0
with tempfile.TemporaryDirectory() as temp:
    index = os.path.join(temp, 'index')
    subprocess.run([binary, 'index', os.path.join(source, 'samples'), '--index', index], capture_output=True)
    with Server(binary, index) as server:
        lines = open(os.path.join(source, 'docs', 'api.md'), encoding='utf-8').read().split('\n')
        for i, line in enumerate(lines):
            if not line.startswith('    $ curl '):
                continue
            expected = []
            for following in lines[i + 1:]:
                if not following.startswith('    '):
                    break
                expected.append(following)
            command = line[6:].replace('http://127.0.0.1:8080', server.url)
            got = bare(subprocess.run(command, shell=True, check=True, capture_output=True, text=True).stdout)
            examples += 1
            at = 0
            for part in bare('\n'.join(expected)).split('...'):
                part = part.strip(',')
                found = got.find(part, at)
                if found < 0:
                    failed += 1
                    print(f'docs/api.md:{i + 1}: not in the answer: {part}\n  {got[at:at + 1500]}')
                    break
                at = found + len(part)
print(f'{examples} examples, {failed} wrong')
sys.exit(1 if failed or examples < 10 else 0)
