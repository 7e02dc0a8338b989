// Completions under the search box: a combobox with a list (WAI-ARIA Authoring Practices, "Editable Combobox With List Autocomplete").
import { address, announce, api, documentAddress, el, langOf, num, searchBox, searchForm, t } from './base.js';
import { go } from './frame.js';

const kWait = 120; // ms of rest before asking
const list = el('ul', { id: 'suggestions', role: 'listbox', class: 'suggestions', hidden: true });
let timer = 0, shown = [], at = -1;

function where(s) {
  if (s.kind === 'symbol') return documentAddress(s.value, {});
  if (s.kind === 'title' || s.kind === 'phrase') return address([['q', `"${s.text}"`]]);
  return address([[s.kind, s.value]]);
}

function close() {
  clearTimeout(timer);
  list.hidden = true;
  shown = [];
  choose(-1);
  searchBox.setAttribute('aria-expanded', 'false');
}

function choose(next) {
  at = next;
  [...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === at)));
  if (at < 0) searchBox.removeAttribute('aria-activedescendant');
  else {
    searchBox.setAttribute('aria-activedescendant', list.children[at].id);
    list.children[at].scrollIntoView({ block: 'nearest' });
  }
}

function draw(suggestions) {
  shown = suggestions;
  list.replaceChildren(...suggestions.map((s, i) => el('li', { id: `suggestion-${i}`, role: 'option', 'aria-selected': 'false',
    on: { mousedown: event => event.preventDefault(), click: () => { close(); searchBox.blur(); go(where(s)); } } },
  el('span', { class: 'kind' }, t('suggestionKinds')[s.kind]), el('span', { class: 'name', lang: langOf(s.text) }, s.text),
  s.kind === 'symbol' ? el('span', { class: 'muted' }, [s.title, s.date].filter(Boolean).join(' · ')) : el('span', { class: 'count' }, num(s.documents)))));
  list.hidden = !suggestions.length;
  searchBox.setAttribute('aria-expanded', String(!list.hidden));
  choose(-1);
  if (suggestions.length) announce(t('suggestionsShown', suggestions.length));
}

async function ask() {
  const q = searchBox.value.trim();
  try {
    const answer = await api('suggest', `/v1/suggest?${new URLSearchParams({ q, limit: 10, ui: document.documentElement.lang.startsWith('zh') ? 'zh' : 'en' })}`);
    if (document.activeElement === searchBox && searchBox.value.trim() === q) draw(answer.suggestions);
  } catch { close(); } // a list that does not come is not missed
}

export function startSuggestions() {
  searchForm.append(list);
  for (const [name, value] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': list.id, 'aria-expanded': 'false' })) searchBox.setAttribute(name, value);
  searchBox.addEventListener('input', () => {
    clearTimeout(timer);
    // Half of a word that is still being composed, or too much to be the beginning of a name.
    const q = searchBox.value.trim();
    if (q.length < 2 && !/\p{Script=Han}/u.test(q) || new TextEncoder().encode(q).length > 200) close();
    else timer = setTimeout(ask, kWait);
  });
  searchBox.addEventListener('keydown', event => {
    if (list.hidden || event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      choose(event.key === 'ArrowDown' ? (at + 1 >= shown.length ? -1 : at + 1) : (at < 0 ? shown.length - 1 : at - 1));
    } else if (event.key === 'Escape') {
      event.preventDefault();
      close();
    } else if (event.key === 'Enter' && at >= 0) {
      event.preventDefault();
      const chosen = shown[at];
      close();
      searchBox.blur();
      go(where(chosen));
    }
  });
  searchBox.addEventListener('blur', close);
  searchForm.addEventListener('submit', close);
}
