"""What docs/monitoring says against a real server: monitoring_test.py RESOLUTE SOURCE.

promtool loads the rules, tries them on made-up series, and lints what /metrics prints; every metric and label value that a rule or a panel of
the dashboard names is one that a server prints."""
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import Server  # noqa: E402

binary, source = sys.argv[1:3]
folder = os.path.join(source, 'docs/monitoring')
faults = []


def promtool(*args, given=None):
    done = subprocess.run(['promtool', *args], input=given, capture_output=True, text=True, cwd=folder)
    if done.returncode != 0:
        faults.append(f'promtool {" ".join(args)}: {done.stdout}{done.stderr}')


promtool('check', 'rules', 'rules.yml')
promtool('test', 'rules', 'rules_test.yml')
with tempfile.TemporaryDirectory() as temp:
    index = temp + '/index'
    subprocess.run([binary, 'index', os.path.join(source, 'samples/akn'), '--index', index, '--quiet'], capture_output=True)
    with Server(binary, index) as server:
        urllib.request.urlopen(server.url + '/v1/search?q=light').read()
        metrics = urllib.request.urlopen(server.url + '/metrics').read().decode()
promtool('check', 'metrics', given=metrics)

printed = {}  # label values by metric and label
for name, labels in re.findall(r'(?m)^(\w+)(?:\{(.*)\})? ', metrics):
    of = printed.setdefault(name, {})
    for label, value in re.findall(r'(\w+)="([^"]*)"', labels):
        of.setdefault(label, set()).add(value)
dashboard = json.load(open(folder + '/dashboard.json', encoding='utf-8'))
panels = [t['expr'] for p in dashboard['panels'] for t in p['targets']]
rules = re.findall(r'(?m)^        expr: (?:>\n)?((?:.+\n)(?:          .+\n)*)', open(folder + '/rules.yml', encoding='utf-8').read())
uses = 0
for expression in panels + rules:
    for name, labels in re.findall(r'(resolute_\w+)(?:\{([^}]*)\})?', expression):
        uses += 1
        if name not in printed:
            faults.append(f'{name} is in no answer of /metrics: {expression}')
            continue
        for label, how, value in re.findall(r'(\w+)(=~|=)"([^"]*)"', labels):
            if label in ('what', 'route') and not all(v in printed[name][label] for v in value.split('|')):
                faults.append(f'{name} has no {label} {value}: {expression}')
if len(panels) < 8 or len(rules) < 5 or uses < 15:
    faults.append(f'only {len(panels)} panels, {len(rules)} rules, {uses} metrics were found to look at')
for fault in faults:
    print('FAULT', fault)
print(f'{len(panels)} panels, {len(rules)} rules, {uses} uses of metrics, {len(faults)} faults')
sys.exit(1 if faults else 0)
