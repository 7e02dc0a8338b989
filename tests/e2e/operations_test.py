"""Every line of docs/operations.md that begins with $ is run, in order, with a folder of samples for /srv/un: operations_test.py RESOLUTE SOURCE."""
import os
import shutil
import subprocess
import sys
import tempfile

binary, source = sys.argv[1:3]
faults = ran = 0
with tempfile.TemporaryDirectory() as temp:
    shutil.copytree(os.path.join(source, 'samples'), temp + '/un/files')
    os.symlink(os.path.abspath(binary), temp + '/resolute')
    environment = {**os.environ, 'PATH': temp + ':' + os.environ['PATH']}
    for number, line in enumerate(open(os.path.join(source, 'docs/operations.md'), encoding='utf-8'), 1):
        if not line.startswith('    $ '):
            continue
        ran += 1
        done = subprocess.run(['sh', '-c', line[6:].replace('/srv/un', temp + '/un')], cwd=source, env=environment, capture_output=True, text=True)
        # 1: some of the samples are made to be refused.
        if done.returncode not in ((0, 1) if ' index ' in line else (0,)):
            faults += 1
            print(f'FAULT docs/operations.md:{number}: {done.returncode}: {line.strip()}\n{done.stdout}{done.stderr}')
print(f'{ran} command lines, {faults} faults')
sys.exit(1 if faults or ran < 10 else 0)
