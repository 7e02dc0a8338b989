"""The examples of docs/api.md and docs/examples.md against samples/: docs_test.py RESOLUTE SOURCE.

What stands between two "..." must come out in that order, white space aside."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

from server import Server

binary, source = sys.argv[1:3]
bare = lambda s: re.sub(r'\s+', '', s)
failed = examples = 0
fenced = {'sh': 0, 'python': 0, 'js': 0}
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
        # Fenced ones: code in three languages, and what it prints.
        page = open(os.path.join(source, 'docs', 'examples.md'), encoding='utf-8').read()
        runners = {'sh': ['bash', '-c'], 'python': [sys.executable, '-c'], 'js': ['node', '--input-type=module', '-e']}
        for language, code, expected in re.findall(r'```(sh|python|js)\n(.*?)```\n\n```text\n(.*?)```', page, re.DOTALL):
            if not shutil.which(runners[language][0]):
                print(f'SKIPPED: an example for {runners[language][0]}')
                continue
            ran = subprocess.run([*runners[language], code.replace('http://127.0.0.1:8080', server.url)], capture_output=True, text=True)
            fenced[language] += 1
            if not re.fullmatch('.*'.join(map(re.escape, expected.strip().split('...'))), ran.stdout.strip(), re.DOTALL):
                failed += 1
                print(f'docs/examples.md: {code}\n  printed {ran.stdout}{ran.stderr[-800:]}\n  instead of {expected}')
        if fenced['sh'] < 5 or fenced['python'] < 5:
            failed += 1
            print(f'docs/examples.md: {fenced}')
print(f'{examples + sum(fenced.values())} examples, {failed} wrong')
sys.exit(1 if failed or examples < 10 else 0)
