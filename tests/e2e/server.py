"""A real `resolute serve` on a free port, for tests."""
import re
import signal
import subprocess
import threading


class Server:
    def __init__(self, binary, index, *flags):
        self.process = subprocess.Popen([binary, 'serve', '--index', index, '--listen', '127.0.0.1:0', *flags], stderr=subprocess.PIPE, text=True)
        self.log = []
        self.url = None
        for line in self.process.stderr:
            self.log.append(line)
            m = re.search(r'http://[\d.]+:(\d+)', line)
            if m:
                self.url, self.port = m.group(0), int(m.group(1))
                break
        if not self.url:
            raise RuntimeError('the server did not start: ' + ''.join(self.log))
        threading.Thread(target=lambda: self.log.extend(self.process.stderr), daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """SIGTERM; gives the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                raise
        return self.process.returncode

class Faults:
    """What a script of tests found wrong, told as it is found."""

    def __init__(self):
        self.found = []

    def check(self, good, what):
        if not good:
            self.found.append(what)
            print('FAULT', what)
