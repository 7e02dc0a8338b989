// The page of Resolute: searches, browses and reads UN resolutions over the HTTP API.
//
// The address is the state: `/` is the start, `/?q=...` a search whose parameters carry the names of /v1/search,
// `/?doc=SYMBOL&lang=&parallel=#op2` a document, `/?precedents=1` the earlier wording of a draft. Every change of state is a change of address followed by route().
// Text of documents and of the API enters the page through text nodes only. Spans are code points, never UTF-16 units.

import { abortViews, address, byId, changed, chooseLanguage, here, PARAMS, searchBox, searchForm, ui } from './base.js';
import { go, route, view } from './frame.js';
import { showHome, showSearch } from './results.js';
import { showDocument } from './document.js';
import { startSuggestions } from './suggest.js';
import { showPrecedents } from './precedents.js';

// Shows what the address says. `cause`: push (a step onward), pop (back, forward), language, retry.
function show(cause) {
  const pairs = here();
  if (cause !== 'language' && !(view === 'document' && pairs.get('doc'))) abortViews();
  if (pairs.get('doc')?.trim()) return showDocument(cause);
  if (pairs.get('precedents')) return showPrecedents(cause);
  if (PARAMS.some(name => pairs.get(name))) return showSearch(cause === 'language' ? 'pop' : cause);
  return showHome();
}

addEventListener('route', event => show(event.detail));
history.scrollRestoration = 'manual';
addEventListener('popstate', () => route('pop'));
let scrollTimer = 0;
addEventListener('scroll', () => { // so that forward, too, finds its place
  clearTimeout(scrollTimer);
  const at = location.href;
  scrollTimer = setTimeout(() => { if (location.href === at) history.replaceState({ ...history.state, y: scrollY }, ''); }, 150);
}, { passive: true });

document.addEventListener('click', event => {
  const a = event.target.closest?.('a[href]');
  if (!a || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const url = new URL(a.href);
  if (a.id === 'skip') { event.preventDefault(); byId('main').focus(); return; }
  if (url.origin !== location.origin || url.pathname !== '/') return;
  event.preventDefault();
  if (a.classList.contains('back') && history.state?.steps) history.go(-history.state.steps);
  else go(url.href);
});
document.addEventListener('keydown', event => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.('input:not([type=checkbox]):not([type=radio]), textarea, select')) return;
  event.preventDefault();
  searchBox.focus();
  searchBox.select();
});
searchForm.addEventListener('submit', event => {
  event.preventDefault();
  const q = searchBox.value.trim();
  go(view === 'search' ? changed({ q }) : address([['q', q]]));
});
byId('ui-lang').addEventListener('click', event => {
  const chosen = event.target.closest('button')?.dataset.ui;
  if (!chosen || chosen === ui) return;
  chooseLanguage(chosen);
  history.replaceState({ ...history.state, y: scrollY }, '');
  route('language');
});
startSuggestions();
route('pop');
