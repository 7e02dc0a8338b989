"""Every command of `resolute` against samples/: cli_test.py RESOLUTE SOURCE [--renew].

tests/golden/cli.txt lists command lines, each with what it printed and its exit status; what differs from run to run (times, sizes,
the folder) is written <...>. --renew writes the file anew: read what changed. A command that the file does not name is a fault."""
import difflib
import os
import re
import subprocess
import sys
import tempfile

binary, source = sys.argv[1:3]
golden = os.path.join(source, 'tests', 'golden', 'cli.txt')

COMMANDS = [
    'resolute',
    'resolute --version',
    'resolute nonsense',
    'resolute index samples/akn samples/broken samples/text --index INDEX',
    'resolute index samples/akn samples/broken samples/text --index INDEX',
    'resolute index samples/nowhere --index INDEX',
    'resolute index --index INDEX',
    'resolute index --upgrade --prune --index INDEX',
    'resolute index --upgrade --rebuild samples/akn --index INDEX',
    'resolute index --upgrade --index NOWHERE',
    'resolute stats --index INDEX',
    'resolute stats --index NOWHERE',
    'resolute verify --index INDEX',
    'resolute verify --index NOWHERE',
    'resolute search harbour --limit 2 --index INDEX',
    'resolute search 灯塔 --limit 1 --unit document --index INDEX',
    'resolute search harbour --body XX --index INDEX',
    'resolute search zzzzzz --index INDEX',
    'resolute search harbour --index NOWHERE',
    'resolute show A/RES/90/1 --index INDEX',
    'resolute show "resolution 1 of session 400" --index INDEX',
    'resolute show A/RES/999/999 --index INDEX',
    'resolute show A/RES/91/12@en --index INDEX | head -n 2',
    'resolute show A/RES/91/12@fr --index INDEX',
    'resolute show A/RES/91/12@en --lang zh --index INDEX',
    'resolute show A/RES/91/12 --source --index INDEX',
    'resolute history "A/RES/91/12@en#op1" --index INDEX',
    'resolute history A/RES/999/999@en#op1 --index INDEX',
    'resolute phrases --limit 2 --index INDEX',
    'resolute lexicon harbour --index INDEX',
    'resolute lexicon zzzzzz --index INDEX',
    'resolute lint samples/broken/empty.xml',
    'resolute lint samples/nowhere',
    'echo "Recalls its resolution 90/1 of 1 January 2001," | resolute check-citations --index INDEX',
    'echo "Requests the Secretary-General to report to the General Assembly at its next session" | resolute precedents --limit 1 --index INDEX',
    'echo | resolute precedents --index INDEX',
    'printf "q1\\tharbour\\n" | resolute run --queries /dev/stdin --depth 2 --index INDEX',
    'resolute run --queries NOWHERE --index INDEX',
    'resolute generations --index INDEX',
    'resolute generations --index NOWHERE',
    'resolute rollback 999 --index INDEX',
    'resolute rollback',
    'resolute replicate INDEX NOWHERE/copy',
    'resolute replicate INDEX NOWHERE/copy',
    'resolute replicate a:b c:d',
    'resolute backup NOWHERE/x.tar --index INDEX',
    'resolute restore samples/akn/nothing.tar --index NOWHERE/new',
    'resolute restore README.md --index NOWHERE/new',
    'echo nonsense | resolute mcp --index INDEX',
    'resolute watch samples/nowhere --index INDEX',
    'resolute corpus',
    'resolute corpus get NOWHERE/un --repositories NOWHERE/list --index INDEX',
    # Every query of a long file is answered.
    "seq 5000 | sed 's/$/\\tthe light of the lamp/' > NOWHERE.tsv; resolute run --queries NOWHERE.tsv --depth 1 --index INDEX | wc -l",
    'resolute export --index INDEX | wc -l',
    'resolute export --index NOWHERE',
    'resolute completion | head -n 1',
    'resolute completion zsh | head -n 1',
    'resolute completion fish | head -n 1',
    'resolute completion csh',
    'resolute alerts tests/e2e/alerts.toml --check',
    'resolute alerts tests/e2e/alerts.toml --index INDEX --state NOWHERE.state --since 1',
    'resolute alerts tests/e2e/alerts.toml --index INDEX --state NOWHERE.state --since 1',
    'resolute alerts README.md --check',
    'resolute alerts NOWHERE --check',
    'resolute serve --index INDEX --listen nonsense',
    'resolute serve --index INDEX --listen 127.0.0.1:99999',
]


def plain(text, temp):
    """What a run printed, without what differs from run to run."""
    text = text.replace(temp, '<temp>')
    for pattern, into in (
            (r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?', '<time>'), (r'\d\d:\d\d:\d\d(\.\d+)?', '<time>'), (r'\b\d+(\.\d+)? (s|ms|seconds)\b', '<time>'),
            (r'\(searchable after [\d.]+\)', '(searchable after <time>)'), (r'(?m)^(indexing|learning|reading|aligning|finding|writing)\b.*\n', ''), (r'(--cursor )\S+', r'\1<cursor>'), (r'(?m)(\S@\S+  .*?)\b\d+\.\d\d$', r'\1<score>'), (r'\b0\.\d{4}\b', '<share>'), (r'\b\d+(\.\d+)? ?[kMG]?B\b', '<size>'), (r'\b\d+(\.\d+)? ?MB/s\b', '<rate>'), (r'[ \t]+\n', '\n')):
        text = re.sub(pattern, into, text)
    return text


def run_all(temp):
    os.symlink(os.path.abspath(binary), os.path.join(temp, 'resolute'))
    environment = dict(os.environ, PATH=temp + ':' + os.environ['PATH'], LC_ALL='C.UTF-8', COLUMNS='100')
    for name in [n for n in environment if n.startswith('RESOLUTE_')]:
        del environment[name]
    out = []
    for command in COMMANDS:
        line = command.replace('INDEX', os.path.join(temp, 'index')).replace('NOWHERE', os.path.join(temp, 'nowhere'))
        done = subprocess.run(['sh', '-c', line], cwd=source, env=environment, capture_output=True, text=True, errors='replace', timeout=120, stdin=subprocess.DEVNULL)
        printed = plain(done.stdout, temp) + ''.join('! ' + l + '\n' for l in plain(done.stderr, temp).splitlines())
        out.append(f'$ {command}\n{printed}[{done.returncode}]\n')
    return '\n'.join(out)


def unnamed():
    """Commands that the help lists and no command line tries."""
    printed = subprocess.run([binary, '--help'], capture_output=True, text=True).stdout
    listed = re.findall(r'^  ([a-z-]+)  +\S', printed.split('Subcommands:')[-1], re.M)
    assert len(listed) > 10, printed
    return [c for c in listed if not any(f'resolute {c}' in line for line in COMMANDS)]


with tempfile.TemporaryDirectory() as temp:
    got = run_all(temp)
if '--renew' in sys.argv:
    open(golden, 'w', encoding='utf-8').write(got)
expected = open(golden, encoding='utf-8').read()
missing = unnamed()
if missing:
    print('no command line tries:', ', '.join(missing))
if got != expected:
    print('If this is meant: cli_test.py PROGRAM SOURCE --renew')
    print('\n'.join(difflib.unified_diff(expected.split('\n'), got.split('\n'), 'tests/golden/cli.txt', 'printed', lineterm='')))
print(f'{len(COMMANDS)} command lines')
sys.exit(1 if missing or got != expected else 0)
