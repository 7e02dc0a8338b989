"""The examples of docs/xapian.md with Xapian's own tools and bindings against samples/: xapian_test.py RESOLUTE SOURCE.

A block of ```sh or ```python is run, with $ENTRIES, $INDEX and $RESOLUTE set (ENTRIES in Python); what it prints is the block of ```text after it."""
import os
import re
import subprocess
import sys
import tempfile

binary, source = os.path.abspath(sys.argv[1]), sys.argv[2]
document = open(os.path.join(source, 'docs', 'xapian.md'), encoding='utf-8').read()
examples = re.findall(r'```(sh|python)\n(.*?)```\n+```text\n(.*?)```', document, re.S)
failed = 0
with tempfile.TemporaryDirectory() as temp:
    index = os.path.join(temp, 'index')
    subprocess.run([binary, 'index', '--quiet', os.path.join(source, 'samples'), '--index', index], capture_output=True)
    segments = os.listdir(os.path.join(index, 'segments'))
    assert len(segments) == 1, segments
    environment = {**os.environ, 'RESOLUTE': binary, 'INDEX': index, 'RESOLUTE_INDEX': index, 'ENTRIES': os.path.join(index, 'segments', segments[0], 'entries'), 'LC_ALL': 'C.UTF-8',
                   'PATH': os.path.dirname(binary) + ':' + os.environ['PATH']}
    for kind, code, expected in examples:
        if kind == 'python':
            # Debian's interpreter: it has the bindings.
            code = 'import os\nENTRIES = os.environ["ENTRIES"]\n' + code
            done = subprocess.run(['/usr/bin/python3', '-c', code], env=environment, capture_output=True, text=True, cwd=temp)
        else:
            done = subprocess.run(['bash', '-euo', 'pipefail', '-c', code], env=environment, capture_output=True, text=True, cwd=temp)
        if done.stdout.strip() != expected.strip() or done.returncode:
            failed += 1
            print(f'--- this\n{code}--- gives ({done.returncode})\n{done.stdout}{done.stderr[-2000:]}--- not\n{expected}')
print(f'{len(examples)} examples, {failed} wrong')
sys.exit(1 if failed or len(examples) < 10 else 0)
