// Chromium over the DevTools protocol, with Node's standard library only: a browser, and a tab that remembers what must not happen.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
const kPatience = 15000; // ms for anything the page should show

// One Chromium over a pipe: JSON messages, each ended by NUL, out on fd 3 and in on fd 4.
export class Browser {
  constructor() {
    this.profile = mkdtempSync(join(tmpdir(), 'resolute-page-'));
    this.process = spawn(process.env.CHROMIUM || '/usr/bin/chromium', ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic',
      '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--lang=en',
      `--user-data-dir=${this.profile}`, '--remote-debugging-pipe'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    this.waiting = new Map();
    this.listeners = [];
    this.last = 0;
    const fail = error => { for (const { reject } of this.waiting.values()) reject(error); this.waiting.clear(); };
    this.process.on('error', error => fail(new Error(`Chromium did not start: ${error.message}`)));
    this.process.on('exit', code => fail(new Error(`Chromium ended with ${code}`)));
    this.process.stdio[3].on('error', fail);
    let pending = Buffer.alloc(0);
    this.process.stdio[4].on('data', chunk => {
      pending = Buffer.concat([pending, chunk]);
      for (let end = pending.indexOf(0); end >= 0; end = pending.indexOf(0)) {
        this.receive(JSON.parse(pending.subarray(0, end).toString('utf8')));
        pending = pending.subarray(end + 1);
      }
    });
  }
  receive(message) {
    if (!message.id) { for (const listener of this.listeners) listener(message); return; }
    const { resolve, reject } = this.waiting.get(message.id) || {};
    this.waiting.delete(message.id);
    if (message.error) reject?.(new Error(message.error.message)); else resolve?.(message.result);
  }
  send(method, params = {}, sessionId) {
    return new Promise((resolve, reject) => {
      const id = ++this.last;
      const timer = setTimeout(() => { this.waiting.delete(id); reject(new Error(`${method}: no answer`)); }, kPatience * 2);
      const done = act => value => { clearTimeout(timer); act(value); };
      this.waiting.set(id, { resolve: done(resolve), reject: done(reject) });
      this.process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }
  async close() {
    await Promise.race([this.send('Browser.close').catch(() => {}), sleep(3000)]);
    if (this.process.exitCode === null) this.process.kill('SIGKILL');
    await sleep(200);
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

// A tab that remembers what must not happen: errors, dialogs, requests to elsewhere.
export class Tab {
  // `origin`: of the server; `screenshots`: the folder that they go to, or nothing.
  constructor(browser, origin, screenshots) { Object.assign(this, { browser, origin, screenshots, errors: [], dialogs: 0, foreign: [] }); }
  async open() {
    const { targetId } = await this.browser.send('Target.createTarget', { url: 'about:blank' });
    ({ sessionId: this.session } = await this.browser.send('Target.attachToTarget', { targetId, flatten: true }));
    this.browser.listeners.push(message => { if (message.sessionId === this.session) this.notice(message); });
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await this.send(`${domain}.enable`);
    await this.size(1360, 900);
    return this;
  }
  notice({ method, params }) {
    if (method === 'Page.javascriptDialogOpening') { ++this.dialogs; this.send('Page.handleJavaScriptDialog', { accept: false }).catch(() => {}); }
    if (method === 'Runtime.exceptionThrown') this.errors.push(params.exceptionDetails.exception?.description || params.exceptionDetails.text);
    if (method === 'Runtime.consoleAPICalled' && params.type === 'error') this.errors.push(params.args.map(a => a.value ?? a.description).join(' '));
    // The browser itself logs each answer of 400 and above; those are asked for by some checks.
    if (method === 'Log.entryAdded' && params.entry.level === 'error' && !(params.entry.source === 'network' && /status of 4\d\d/.test(params.entry.text)))
      this.errors.push(`${params.entry.text} ${params.entry.url || ''}`);
    if (method === 'Network.requestWillBeSent' && /^(https?|wss?):/.test(params.request.url) && new URL(params.request.url).origin !== new URL(this.origin).origin) this.foreign.push(params.request.url);
  }
  send(method, params) { return this.browser.send(method, params, this.session); }
  size(width, height, mobile = false) { return this.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile }); }
  media(features) { return this.send('Emulation.setEmulatedMedia', { features }); }
  // Runs `f(...args)` in the page and returns its JSON value.
  async run(f, ...args) {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', {
      expression: `(${f})(...${JSON.stringify(args)})`, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description || exceptionDetails.text);
    return result.value;
  }
  // Waits until `f(...args)` in the page is truthy, and returns it.
  async until(what, f, ...args) {
    const end = Date.now() + kPatience;
    for (;;) {
      const value = await this.run(f, ...args).catch(error => { if (Date.now() > end) throw error; return null; });
      if (value) return value;
      if (Date.now() > end) throw new Error(`waited in vain for ${what} at ${await this.run(() => location.href).catch(() => '?')}`);
      await sleep(50);
    }
  }
  async visit(path) {
    await this.send('Page.navigate', { url: 'about:blank' });
    await this.send('Page.navigate', { url: this.origin + path });
    await this.until('the page to load', () => location.href !== 'about:blank' && document.readyState === 'complete' && document.body?.dataset.view);
  }
  async search(pairs, language = 'en') {
    await this.visit(`/${language}/search?${new URLSearchParams(pairs)}`);
    await this.settled();
  }
  settled() { return this.until('an answer', () => !document.querySelector('main[aria-busy=true]') && document.querySelector('#count, .problem, article.document')); }
  script(on) { return this.send('Emulation.setScriptExecutionDisabled', { value: !on }); }
  async type(key, text = '') {
    for (const type of ['keyDown', 'keyUp']) await this.send('Input.dispatchKeyEvent', { type, key, text: type === 'keyDown' ? text : undefined, windowsVirtualKeyCode: key === 'Enter' ? 13 : undefined });
  }
  async click(selector) {
    const at = await this.run(s => {
      const node = document.querySelector(s);
      node?.scrollIntoView({ block: 'center' });
      const box = node?.getBoundingClientRect();
      return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }, selector);
    if (!at) throw new Error(`nothing to click at ${selector}`);
    for (const type of ['mousePressed', 'mouseReleased']) await this.send('Input.dispatchMouseEvent', { type, ...at, button: 'left', clickCount: 1 });
  }
  async shot(name) {
    if (!this.screenshots) return;
    const { data } = await this.send('Page.captureScreenshot', { format: 'png' });
    writeFileSync(join(this.screenshots, `${name}.png`), Buffer.from(data, 'base64'));
  }
}
