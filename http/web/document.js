// The reading room with script: a menu at each paragraph, places found one after the other, the paragraph that is read.
import { announce, base, byId, copy, el, root, say } from './page.js';

const doc = document.querySelector('article.document'), { symbol, lang, name, separator } = doc.dataset;
const segments = path => path.split('/').map(encodeURIComponent).join('/');
const address = fragment => new URL(`${segments(symbol)}#${encodeURIComponent(fragment)}`, base).href;

// ------------------------------------------------------------------------------------------------ paragraph menus

let opened = null; // {menu, link}
function close(focus = false) {
  if (!opened) return;
  opened.menu.remove();
  opened.link.setAttribute('aria-expanded', 'false');
  opened.row.classList.remove('with-menu');
  if (focus) opened.link.focus();
  opened = null;
}

function reference(row) { return `${name}${separator}${row.dataset.cite}`; }
function textOf(row) {
  const side = row.querySelector('.side'), number = row.querySelector('.number:not(.none)')?.textContent;
  const text = side.cloneNode(true);
  for (const mark of text.querySelectorAll('.note-mark, .back')) mark.remove();
  return `${number ? `${number} ` : ''}${text.textContent.trim()}`;
}

// A paragraph with what stands below it: "20. We decide to: (a) ...".
function withParts(row) {
  const rows = [row];
  for (let next = row.nextElementSibling; next?.id.startsWith(`${row.id}.`); next = next.nextElementSibling) rows.push(next);
  return rows.map(textOf).join('\n');
}
function chosenRange() {
  const rows = [...doc.querySelectorAll('.para.chosen')], first = rows[0]?.dataset.cite, last = rows.at(-1)?.dataset.cite;
  return `${rows.map(textOf).join('\n')}\n(${name}${separator}${first} – ${last})\n${location.href}`;
}

function open(link) {
  const row = link.closest('.para');
  close();
  const menu = byId('paragraph-menu').content.firstElementChild.cloneNode(true);
  const both = new URL(location.href);
  both.searchParams.set('text', 'both');
  both.hash = row.id;
  const agreed = new URL('agreed-language', root);
  agreed.searchParams.set('of', `${symbol}@${lang}#${row.id}`);
  const history = new URL(`series/${segments(symbol)}`, root);
  history.searchParams.set('para', row.id);
  const citing = new URL('search', root);
  citing.searchParams.set('cites', symbol);
  const naming = new URL(`citing/${segments(symbol)}`, root);
  naming.searchParams.set('para', row.id);
  const places = { both, agreed, history, citing, 'citing-paragraph': naming };
  for (const a of menu.querySelectorAll('[data-go]')) a.href = places[a.dataset.go].href;
  if (!row.classList.contains('chosen')) menu.querySelector('[data-copy=range]').parentElement.remove();
  const copies = { text: () => `${withParts(row)}\n(${reference(row)})\n${address(row.id)}`, range: chosenRange, reference: () => reference(row), link: () => address(row.id) };
  for (const button of menu.querySelectorAll('[data-copy]')) button.addEventListener('click', () => copy(copies[button.dataset.copy](), button));
  link.after(menu);
  row.classList.add('with-menu');
  link.setAttribute('aria-expanded', 'true');
  opened = { menu, link, row };
  menu.setAttribute('aria-label', row.dataset.cite);
  menu.querySelector('button').focus({ preventScroll: true });
}

doc.addEventListener('click', event => {
  const link = event.target.closest('a.number');
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  const row = link.closest('.para');
  history.replaceState(history.state, '', `#${encodeURIComponent(row.id)}`);
  here(row);
  if (opened?.link === link) close(true); else open(link);
});
document.addEventListener('click', event => { if (opened && !event.target.closest('.paragraph-menu, a.number')) close(); });
document.addEventListener('keydown', event => { if (event.key === 'Escape') close(true); });

// --------------------------------------------------------------------------------------------- the paragraph meant

function here(row) {
  for (const node of document.querySelectorAll('.para.here')) node.classList.remove('here');
  row?.classList.add('here');
}
function arrive() {
  let id = location.hash.slice(1);
  try { id = decodeURIComponent(id); } catch { /* as it stands */ }
  const node = id && byId(id);
  if (!node) return;
  const row = node.closest('.para');
  here(row);
  if (row && node === row) { row.setAttribute('tabindex', '-1'); row.focus({ preventScroll: true }); announce(row.dataset.cite || ''); }
}
addEventListener('hashchange', arrive);
arrive();

// ------------------------------------------------------------------------------------------------------ places found

const marks = [...document.querySelectorAll('mark[id^="hit-"]')];
let at = -1;
function step(by) {
  if (!marks.length) return;
  marks[at]?.classList.remove('now');
  at = (at + by + marks.length) % marks.length;
  marks[at].classList.add('now');
  marks[at].scrollIntoView({ block: 'center' });
  byId('position').textContent = say('hits', at + 1, marks.length);
}
const next = byId('next-hit');
if (next) {
  const back = el('button', { type: 'button', class: 'step', 'aria-label': 'p' }, '↑');
  back.setAttribute('aria-label', next.dataset.previous);
  back.addEventListener('click', () => step(-1));
  next.before(back);
  next.addEventListener('click', event => { event.preventDefault(); step(1); });
  if (!location.hash) step(1);
  else { const from = marks.findIndex(m => m.closest('.para')?.classList.contains('here')); if (from >= 0) { at = from - 1; step(1); } }
}
// Looking for the same once more goes on to the next place.
byId('find').addEventListener('submit', event => {
  if (!marks.length || byId('find-q').value !== byId('find-q').defaultValue) return;
  event.preventDefault();
  step(1);
});
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select')) return;
  if (event.key === 'n') step(1);
  if (event.key === 'p') step(-1);
});

// What a note says, where its marker is pointed at or reached by keyboard.
for (const kind of ['pointerover', 'focusin']) document.addEventListener(kind, event => {
  const mark = event.target.closest?.('a.note-mark');
  if (mark && !mark.title) mark.title = byId(decodeURIComponent(mark.hash.slice(1)))?.querySelector('.side').textContent.replace('↩', '').trim().slice(0, 600) ?? '';
});
