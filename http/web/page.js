// What every page can do with script: suggestions, keys, menus, copying. Pages work without it.

export const byId = id => document.getElementById(id);
export const root = new URL(document.body.dataset.root, location.href); // of the interface's language
export const base = new URL(document.body.dataset.base, location.href); // of the service
export const words = JSON.parse(document.body.dataset.words);
export const say = (key, ...values) => values.reduce((text, value) => text.replace('{}', value), words[key]);
export const announce = text => { const live = byId('live'); live.textContent = ''; requestAnimationFrame(() => { live.textContent = text; }); };

// Makes an element; children are nodes or text, never markup.
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'on') for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return node;
}

export async function copy(text, button) {
  try { await navigator.clipboard.writeText(text); } catch { // no secure context: the old way
    const area = el('textarea', { class: 'vh', 'aria-hidden': 'true' });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
    button?.focus();
  }
  announce(words.copied);
  if (!button) return;
  const before = button.dataset.words ||= button.textContent;
  button.textContent = words.copied;
  setTimeout(() => { button.textContent = before; }, 1500);
}

// ------------------------------------------------------------------------------------------------------ suggestions

// A combobox with a list (WAI-ARIA Authoring Practices, "Editable Combobox With List Autocomplete").
const box = byId('q'), kWait = 120; // ms of rest before asking
function startSuggestions() {
  const list = el('ul', { id: 'suggestions', role: 'listbox', class: 'suggestions', hidden: true, 'aria-label': box.labels[0].textContent });
  let timer = 0, shown = [], at = -1, asking = null;
  byId('search').append(list);
  for (const [name, value] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': list.id, 'aria-expanded': 'false' })) box.setAttribute(name, value);
  const where = s => {
    if (s.kind === 'symbol') return new URL(s.value.split('/').map(encodeURIComponent).join('/'), root).href;
    const to = new URL('search', root);
    if (s.kind === 'title' || s.kind === 'phrase') to.searchParams.set('q', `"${s.text}"`);
    else to.searchParams.set(s.kind, s.value);
    return to.href;
  };
  const choose = next => {
    at = next;
    [...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === at)));
    if (at < 0) { box.removeAttribute('aria-activedescendant'); return; }
    box.setAttribute('aria-activedescendant', list.children[at].id);
    list.children[at].scrollIntoView({ block: 'nearest' });
  };
  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    shown = [];
    choose(-1);
    box.setAttribute('aria-expanded', 'false');
  };
  const open = s => { close(); location.assign(where(s)); };
  const draw = suggestions => {
    shown = suggestions;
    list.replaceChildren(...suggestions.map((s, i) => el('li', { id: `suggestion-${i}`, role: 'option', 'aria-selected': 'false',
      on: { mousedown: event => event.preventDefault(), click: () => open(s) } },
    el('span', { class: 'kind' }, words[s.kind]), el('span', { class: 'name', lang: /\p{Script=Han}/u.test(s.text) ? 'zh-Hans' : 'en' }, s.text),
    s.kind === 'symbol' ? el('span', { class: 'muted more' }, [s.title, s.date].filter(Boolean).join(' · ')) : el('span', { class: 'count' }, String(s.documents)))));
    list.hidden = !suggestions.length;
    box.setAttribute('aria-expanded', String(!list.hidden));
    choose(-1);
    if (suggestions.length) announce(say('suggestions', suggestions.length));
  };
  const ask = async () => {
    const q = box.value.trim();
    asking?.abort();
    asking = new AbortController();
    const to = new URL('v1/suggest', base);
    to.search = new URLSearchParams({ q, limit: 10, ui: document.documentElement.lang.startsWith('zh') ? 'zh' : 'en' });
    try {
      const answer = await fetch(to, { signal: asking.signal });
      if (!answer.ok) throw new Error();
      const { suggestions } = await answer.json();
      if (document.activeElement === box && box.value.trim() === q) draw(suggestions);
    } catch (error) { if (error.name !== 'AbortError') close(); } // a list that does not come is not missed
  };
  const changed = event => {
    clearTimeout(timer);
    if (event.isComposing) return; // half of a word of an input method
    const q = box.value.trim();
    if ((q.length < 2 && !/\p{Script=Han}/u.test(q)) || new TextEncoder().encode(q).length > 200) close();
    else timer = setTimeout(ask, kWait);
  };
  box.addEventListener('input', changed);
  box.addEventListener('compositionend', changed);
  box.addEventListener('keydown', event => {
    if (list.hidden || event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      choose(event.key === 'ArrowDown' ? (at + 1 >= shown.length ? -1 : at + 1) : (at < 0 ? shown.length - 1 : at - 1));
    } else if (event.key === 'Escape') { event.preventDefault(); close(); } else if (event.key === 'Enter' && at >= 0) { event.preventDefault(); open(shown[at]); }
  });
  box.addEventListener('blur', close);
  byId('search').addEventListener('submit', close);
}
if (box) startSuggestions();

// -------------------------------------------------------------------------------------------------------------- keys

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === 'Escape') {
    const menu = event.target.closest?.('details.menu[open]') || document.querySelector('details.menu[open]');
    if (menu) { menu.open = false; menu.querySelector('summary').focus(); }
  }
  if (event.key !== '/' || event.target.closest?.('input:not([type=checkbox]), textarea, select')) return;
  event.preventDefault();
  box?.focus();
  box?.select();
});
document.addEventListener('click', event => { // a menu closes when something else is chosen
  for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(event.target) || event.target.closest('a')) menu.open = false;
});
byId('skip').addEventListener('click', () => { const to = document.querySelector(byId('skip').hash); requestAnimationFrame(() => to?.focus()); });
// The text language chosen is kept even where the server's word for it was not taken.

// The place in a document stays when the language changes: both have the same names of paragraphs.
document.addEventListener('click', event => {
  const link = event.target.closest('#ui-lang a, .reading a');
  if (link && location.hash && !link.hash) link.hash = location.hash;
}, true);
