// Results change in place when a filter does: the same page is asked for, and what differs is put in. Focus stays where it was.
import { announce, byId, say, words } from './page.js';

let asking = null;
const pageOf = address => new URL(address, location.href).href.replace(/#.*/, '');
let shown = pageOf(location.href);
const count = () => byId('count')?.textContent || '';

// What has focus, as something the next page has, too.
function focused() {
  const node = document.activeElement;
  if (node?.id) return `#${CSS.escape(node.id)}`;
  if (node?.dataset.key) return `[data-key="${CSS.escape(node.dataset.key)}"]`;
  return node?.closest('#chips') ? '#chips' : null;
}

async function show(to, { push = true, focus = focused(), scroll = false } = {}) {
  asking?.abort();
  asking = new AbortController();
  const main = byId('main');
  main.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(to, { signal: asking.signal, headers: { Accept: 'text/html' } });
    if (!answer.ok || !new URL(answer.url).pathname.endsWith('/search')) { location.assign(to); return; }
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const open = new Map([...document.querySelectorAll('#filters details')].map(d => [d.id || d.parentElement.id + '>', d.open]));
    const panel = byId('filters').open;
    main.replaceChildren(...next.getElementById('main').childNodes);
    for (const d of document.querySelectorAll('#filters details')) { const key = d.id || d.parentElement.id + '>'; if (open.has(key)) d.open = open.get(key); }
    byId('filters').open = panel;
    document.title = next.title;
    byId('ui-lang').replaceChildren(...next.getElementById('ui-lang').childNodes);
    if (push) history.pushState(null, '', answer.url);
    shown = pageOf(answer.url);
    const target = (focus && document.querySelector(focus)) || byId('count');
    target.focus({ preventScroll: !scroll });
    if (target === byId('count') && push) scrollTo(0, 0);
    start();
    announce(count());
  } catch (error) {
    if (error.name !== 'AbortError') location.assign(to);
  } finally { main.removeAttribute('aria-busy'); }
}

// The address that the filters' form now says.
function formAddress(form) {
  const to = new URL(form.getAttribute('action'), location.href); // form.action is the facet of that name
  to.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  return to.href;
}

// The results of the next page, put below.
async function append(link) {
  const answer = await fetch(link.href, { headers: { Accept: 'text/html' } });
  if (!answer.ok) throw new Error();
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html'), items = [...next.querySelectorAll('#hits > li')];
  byId('hits').append(...items);
  const line = next.querySelector('.more-line');
  link.parentElement.replaceWith(...(line ? [line] : []));
  return items;
}

async function more(link) {
  link.setAttribute('aria-busy', 'true');
  link.textContent = words.loading;
  try {
    const items = await append(link);
    history.replaceState({ pages: (history.state?.pages || 1) + 1 }, '');
    items[0]?.querySelector('a')?.focus();
    announce(`+${items.length}`);
  } catch { location.assign(link.href); }
}

// How many pages were below each other is kept with the address, so that Back finds them again.
async function restore() {
  const { pages = 1, y } = history.state || {};
  try { for (let page = 1; page < pages && byId('more'); ++page) await append(byId('more')); } catch { return; }
  if (pages > 1 && y) scrollTo(0, y);
}
addEventListener('pagehide', () => { if (history.state?.pages) history.replaceState({ ...history.state, y: scrollY }, ''); });

function start() {
  const form = byId('filters')?.querySelector('form');
  document.body.classList.add('live');
  if (form && !form.dataset.live) {
    form.dataset.live = '1';
    form.addEventListener('change', event => {
      const { type, name } = event.target;
      if (type === 'checkbox' || (name === 'voted' && form.elements.state.value)) show(formAddress(form));
    });
    form.addEventListener('submit', event => {
      event.preventDefault();
      if (matchMedia('(max-width: 62rem)').matches) byId('filters').open = false;
      show(formAddress(form), { focus: '#count' });
    });
    form.addEventListener('keydown', event => { // minus excludes the value that has focus
      if (event.key !== '-' || event.target.type !== 'checkbox') return;
      event.preventDefault();
      const to = new URL(formAddress(form)), { name, value } = event.target, chosen = to.searchParams.getAll(name).filter(v => v !== value && v !== `-${value}`);
      to.searchParams.delete(name);
      for (const v of [...chosen, `-${value}`]) to.searchParams.append(name, v);
      show(to.href);
    });
    const apply = form.querySelector('.apply button');
    if (apply) apply.textContent = `${apply.textContent}: ${byId('count').querySelector('strong').textContent}`;
  }
}

document.addEventListener('click', event => {
  const a = event.target.closest?.('a[href]');
  if (!a || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (a.id === 'more') { event.preventDefault(); more(a); return; }
  if (!a.closest('#chips, .controls .segmented')) return;
  event.preventDefault();
  show(a.href, a.closest('#chips') ? { focus: '#count' } : {});
});
// A place within the page that is shown is no other page: the skip link leads to one, and focus stays there.
addEventListener('popstate', () => { if (pageOf(location.href) !== shown) show(location.href, { push: false, focus: '#count' }); });
// Narrow screens begin with the results; without script the filters stay open.
if (matchMedia('(max-width: 62rem)').matches && byId('filters')) byId('filters').open = false;
start();
restore();
