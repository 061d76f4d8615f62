// The reader.
(function () {
  'use strict';
  var d = document;
  function all(s, r) { return Array.prototype.slice.call((r || d).querySelectorAll(s)); }

  // Hits in a document: marks carry ids h1, h2, ... of the whole document, of
  // which a page shows a part. Beyond its ends the links lead on.
  var hits = all('mark[id^=h]'), here = d.getElementById('at'), now = 0;
  if (here) now = Math.max(0, hits.findIndex(function (m) { return m === here.nextElementSibling || here.compareDocumentPosition(m) & Node.DOCUMENT_POSITION_FOLLOWING; }));
  hits.forEach(function (m, k) { if ('#' + m.id === location.hash) now = k; });
  function go(step) {
    var link = d.querySelector('[data-hit="' + step + '"]'), next = now + step;
    if (!link) return;
    if (next < 0 || next >= hits.length) {
      if (link.dataset.far || !hits.length) { location.assign(link.dataset.far || link.href); return; }
      next = (next + hits.length) % hits.length;
    }
    show(next);
  }
  function show(next) {
    now = next;
    hits.forEach(function (m, k) { m.classList.toggle('now', k === now); });
    var m = hits[now], s = d.getElementById('at-hit');
    m.tabIndex = -1;
    m.focus({ preventScroll: true });
    m.scrollIntoView({ block: 'center' });
    history.replaceState(null, '', '#' + m.id);
    if (s) s.textContent = 'Hit ' + m.id.slice(1) + ' of ' + s.dataset.all;
    cite();
    all('.toc .row a').forEach(function (a) { if (a.textContent === m.id.slice(1)) a.setAttribute('aria-current', 'true'); else a.removeAttribute('aria-current'); });
  }
  // The citation is of the paragraph that one has walked to.
  function cite() {
    var p = hits.length && hits[now].closest('[data-citation]'), box = d.getElementById('cite-passage');
    if (p && box) box.value = p.dataset.citation;
  }
  if (hits.some(function (m) { return '#' + m.id === location.hash; })) cite();
  all('.toc .row a').forEach(function (a) {
    var k = hits.findIndex(function (m) { return m.id === 'h' + a.textContent; });
    if (k >= 0) a.addEventListener('click', function (e) { e.preventDefault(); show(k); });
  });
  all('[data-hit]').forEach(function (a) {
    a.addEventListener('click', function (e) { e.preventDefault(); go(Number(a.dataset.hit)); });
  });

  // Back to the results as they were, with their filters: the address of the
  // reader holds the question alone.
  var back = d.querySelector('[data-results]');
  if (back) {
    try {
      var from = d.referrer ? new URL(d.referrer) : location;
      if (from.origin === location.origin && from.pathname === '/search') sessionStorage.setItem('rapport-results', from.pathname + from.search);
      var kept = sessionStorage.getItem('rapport-results') || '';
      if (new URLSearchParams(kept.slice(kept.indexOf('?'))).get('q') === back.dataset.results) back.href = kept;
    } catch (x) { return; } // nothing can be kept: the link leads to the question
  }
})();
