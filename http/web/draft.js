// A draft is never lost: what is typed stays in this browser. A text file may be dropped on the box.
import { announce, byId, el, words } from './page.js';

const box = byId('draft'), state = byId('draft-state'), kKey = 'resolute.draft';
const kept = () => { try { return localStorage.getItem(kKey) || ''; } catch { return ''; } };
const keep = text => { try { localStorage.setItem(kKey, text); } catch { /* full or refused */ } };

// A paragraph that came from a document stands beside the draft, not in its place.
if (!box.value.trim()) box.value = kept();
else if (!box.dataset.of) keep(box.value);
else if (kept().trim() && kept() !== box.value)
  state.append(el('button', { type: 'button', class: 'quiet', on: { click: event => { box.value = kept(); event.target.remove(); box.focus(); } } }, words.kept));
box.addEventListener('input', () => { keep(box.value); box.lang = /\p{Script=Han}/u.test(box.value) ? 'zh-Hans' : 'en'; });

box.addEventListener('dragover', event => { if (event.dataTransfer?.types.includes('Files')) event.preventDefault(); });
box.addEventListener('drop', async event => {
  const file = event.dataTransfer?.files[0];
  if (!file) return;
  event.preventDefault();
  if (!/^text\//.test(file.type) && !/\.(txt|md)$/i.test(file.name)) { state.textContent = words.failed; announce(words.failed); return; }
  box.value = await file.text();
  keep(box.value);
});
const found = byId('precedents');
if (found) requestAnimationFrame(() => found.focus({ preventScroll: true }));
