// A draft is never lost: what is typed stays in this browser. A file may be dropped on the form.
import { byId, el, words } from './page.js';

const box = byId('draft'), state = byId('draft-state'), kKey = 'resolute.draft';
const kept = () => { try { return localStorage.getItem(kKey) || ''; } catch { return ''; } };
const keep = text => { try { localStorage.setItem(kKey, text); } catch { /* full or refused */ } };

// A paragraph that came from a document stands beside the draft, not in its place.
if (!box.value.trim()) box.value = kept();
else if (!box.dataset.of) keep(box.value);
else if (kept().trim() && kept() !== box.value)
  state.append(el('button', { type: 'button', class: 'quiet', on: { click: event => { box.value = kept(); event.target.remove(); box.focus(); } } }, words.kept));
box.addEventListener('input', () => { keep(box.value); box.lang = /\p{Script=Han}/u.test(box.value) ? 'zh-Hans' : 'en'; });

// A file that is dropped is sent as one that is chosen.
const form = byId('draft-form');
form.addEventListener('dragover', event => { if (event.dataTransfer?.types.includes('Files')) event.preventDefault(); });
form.addEventListener('drop', event => {
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  byId('draft-file').files = event.dataTransfer.files;
  state.textContent = words.loading;
  form.requestSubmit();
});
const found = byId('precedents');
if (found) requestAnimationFrame(() => found.focus({ preventScroll: true }));
