"""The configurations of docs/proxy before a server, on free ports, for tests and bench/abuse.py."""
import os
import re
import shutil
import socket
import subprocess

os.environ['PATH'] += ':/usr/sbin'


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def make_certificate(folder):
    """Paths of a certificate for search.example.org, its key, and both in one file; None without openssl."""
    if not shutil.which('openssl'):
        return None
    certificate, key, both = (os.path.join(folder, name) for name in ('fullchain.pem', 'key.pem', 'both.pem'))
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=search.example.org', '-keyout', key, '-out', certificate], check=True, stderr=subprocess.DEVNULL)
    with open(both, 'w') as f:
        f.write(open(certificate).read() + open(key).read())
    return certificate, key, both


def start(name, source, folder, certificates, server_port):
    """The process of nginx or haproxy with the configuration of the tree `source`, and its port."""
    certificate, key, both = certificates
    port = free_port()
    text = open(os.path.join(source, 'docs/proxy', 'nginx.conf' if name == 'nginx' else 'haproxy.cfg')).read()
    for there, here in (('127.0.0.1:8080', f'127.0.0.1:{server_port}'), ('listen 443 ssl', f'listen 127.0.0.1:{port} ssl'), ('bind :443', f'bind 127.0.0.1:{port}'), ('/etc/ssl/resolute/fullchain-and-key.pem', both),
                        ('/etc/ssl/resolute/fullchain.pem', certificate), ('/etc/ssl/resolute/privkey.pem', key), ('/run/', folder + '/'), ('/var/log/nginx/', folder + '/'), ('/var/lib/nginx/', folder + '/'),
                        ('/var/cache/nginx/', folder + '/cache-')):
        text = text.replace(there, here)
    path = os.path.join(folder, name + '.conf')
    with open(path, 'w') as f:
        f.write(text)
    command = ['nginx', '-p', folder, '-e', os.path.join(folder, 'error.log'), '-c', path, '-g', 'daemon off;'] if name == 'nginx' else ['haproxy', '-db', '-f', path]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE), port


def before_replicas(source, name, out, ports, front):
    """Writes to `out` a configuration of docs/proxy that listens on `front`, before replicas on these ports; servers that are not there are left out."""
    text = open(os.path.join(source, 'docs/proxy', name), encoding='utf-8').read().replace('127.0.0.1:8000', f'127.0.0.1:{front}')
    lines = []
    for line in text.split('\n'):
        found = re.search(r'127\.0\.0\.1:808(\d)', line)
        if found and int(found[1]) > len(ports):
            continue
        lines.append(line.replace(found[0], f'127.0.0.1:{ports[int(found[1]) - 1]}') if found else line)
    with open(out, 'w') as f:
        f.write('\n'.join(lines))
    return out
