// What is the same in every view: the frame, the step from one address to the next, small pieces.
import { announce, byId, el, here, langTag, link, searchBox, searchForm, t, ui } from './base.js';

export let view = null; // home, search, document or precedents

// The search box, the footer, the words of the frame.
export function frame(name) {
  view = name;
  if (!searchForm.closest('header')) byId('ui-lang').before(searchForm);
  document.body.dataset.view = name;
  document.documentElement.lang = langTag(ui);
  if (name !== 'document') searchBox.value = here().get('q') || '';
  searchBox.placeholder = t('placeholder');
  for (const node of [searchForm.querySelector('label'), searchForm.querySelector('button')]) node.textContent = t('search');
  byId('skip').textContent = t('skip');
  byId('ui-lang').setAttribute('aria-label', t('uiLanguage'));
  for (const button of byId('ui-lang').children) button.setAttribute('aria-pressed', String(button.dataset.ui === ui));
  byId('foot').replaceChildren(el('p', {}, t('unofficial')), el('p', {}, link('/?precedents=1', {}, t('precedents')), ' · ', t('keyHint'), ' · ', link('/openapi.json', {}, t('api'))));
}

// Asks for what the address now says: app.js listens. `cause`: push (a step onward), pop (back, forward), language, retry.
export const route = cause => dispatchEvent(new CustomEvent('route', { detail: cause }));

export function go(to, { keepScroll = false } = {}) {
  const target = new URL(to, location.href), isDocument = new URLSearchParams(target.search).has('doc');
  const from = isDocument ? (view === 'document' ? history.state?.from : view === 'search' ? location.pathname + location.search : null) : null;
  history.replaceState({ ...history.state, y: scrollY }, '');
  const steps = !from ? null : view === 'document' ? (history.state?.steps ?? 0) + 1 : 1; // how far back the results are
  if (target.href !== location.href) history.pushState({ from, steps }, '', target.href);
  const sameDocument = view === 'document' && isDocument && (target.hash || keepScroll);
  if (!sameDocument) window.scrollTo(0, 0);
  route('push');
}
export function restoreScroll() { if (history.state?.y) window.scrollTo(0, history.state.y); }

export function problemBox(error, offers) {
  announce(`${error.title}. ${error.detail || ''}`);
  return el('section', { class: 'box problem', role: 'group', 'aria-labelledby': 'problem-title' },
    el('h2', { id: 'problem-title' }, error.title || t('problem')),
    error.detail && el('p', {}, error.detail),
    error.parameter && el('p', { class: 'muted' }, t('parameterAt', error.parameter)),
    el('p', { class: 'offers' }, offers));
}
export const retryButton = () => el('button', { type: 'button', class: 'button', on: { click: () => route('retry') } }, t('retry'));

export function segmented(name, legend, options, current, choose) {
  return el('fieldset', { class: 'segmented' }, el('legend', { class: 'vh' }, legend),
    options.map(([value, text, lang]) => el('label', {}, el('input', { type: 'radio', name, value, checked: value === current, data: { key: `${name}:${value}` },
      on: { change: () => choose(value) } }), el('span', { lang }, text))));
}
