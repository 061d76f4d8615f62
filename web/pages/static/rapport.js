// rapport: small aids. Every page works without this file.
(function () {
  'use strict';
  var d = document;
  function all(s, r) { return Array.prototype.slice.call((r || d).querySelectorAll(s)); }
  all('[data-js]').forEach(function (e) { e.hidden = false; });

  // Type to filter a list of options: <input data-filter="list-id">, count in an element with role=status.
  all('[data-filter]').forEach(function (box) {
    var list = d.getElementById(box.dataset.filter), say = d.getElementById(box.getAttribute('aria-describedby'));
    var more = list.querySelector('details'), first = say ? say.textContent : '';
    function fold(s) { return s.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase(); }
    box.addEventListener('input', function () {
      var q = fold(box.value.trim()), shown = 0, items = all('li[data-v]', list);
      items.forEach(function (li) {
        // A checked option never disappears: what is selected stays in sight.
        var ok = !q || fold(li.dataset.v).indexOf(q) >= 0 || li.querySelector('input:checked');
        li.hidden = !ok;
        if (ok) shown++;
      });
      if (more) more.open = !!q;
      if (say) say.textContent = q ? 'Showing ' + shown + ' of ' + items.length : first;
    });
    if (more) more.addEventListener('toggle', function () {
      if (say && !box.value.trim()) say.textContent = more.open ? 'Showing all ' + all('li[data-v]', list).length : first;
    });
    box.addEventListener('keydown', function (e) {
      if (e.key === 'Enter') e.preventDefault();
      if (e.key === 'Escape' && box.value) { box.value = ''; box.dispatchEvent(new Event('input')); e.stopPropagation(); }
    });
  });

  // Copy: <button data-copy="id-of-field">; the outcome is said in the button's own status line.
  all('[data-copy]').forEach(function (b) {
    b.addEventListener('click', function () {
      var f = d.getElementById(b.dataset.copy), s = b.nextElementSibling, answered = false;
      function done(ok) { answered = true; if (s) s.textContent = ok ? 'Copied' : 'Press Ctrl+C or ⌘C to copy'; if (!ok) { f.focus(); f.select(); } }
      function old() { f.focus(); f.select(); var ok = false; try { ok = d.execCommand('copy'); } catch (x) { ok = false; } done(ok); }
      if (!navigator.clipboard || !window.isSecureContext) { old(); return; }
      navigator.clipboard.writeText(f.value).then(function () { done(true); }, old);
      setTimeout(function () { if (!answered) done(false); }, 1000); // a browser may ask first, and never answer
    });
  });

  // Menus: one open at a time; Escape or a press outside closes it and gives focus back.
  function shut(except, refocus) {
    all('details.menu[open]').forEach(function (m) {
      if (m === except) return;
      m.open = false;
      if (refocus) m.querySelector('summary').focus();
    });
  }
  d.addEventListener('click', function (e) { shut(e.target.closest && e.target.closest('details.menu')); });

  // Suggestions while typing: the ARIA combobox pattern with a list box. Text is
  // only ever set as text, never as markup.
  all('input[data-suggest]').forEach(function (box) {
    var list = d.createElement('ul'), say = d.createElement('span'), items = [], at = -1, asked = 0, timer = 0;
    list.className = 'suggest'; list.id = box.id + '-list'; list.hidden = true;
    list.setAttribute('role', 'listbox'); list.setAttribute('aria-label', 'Suggestions');
    say.className = 'vh'; say.setAttribute('role', 'status');
    box.parentNode.append(list, say);
    box.setAttribute('role', 'combobox'); box.setAttribute('aria-expanded', 'false');
    box.setAttribute('aria-controls', list.id); box.setAttribute('aria-autocomplete', 'list');
    function close() { list.hidden = true; at = -1; box.setAttribute('aria-expanded', 'false'); box.removeAttribute('aria-activedescendant'); }
    function mark(i) {
      at = i;
      all('li', list).forEach(function (li, k) { li.setAttribute('aria-selected', String(k === i)); if (k === i) li.scrollIntoView({ block: 'nearest' }); });
      if (i < 0) box.removeAttribute('aria-activedescendant'); else box.setAttribute('aria-activedescendant', list.id + i);
    }
    function show(found) {
      var kept = at >= 0 ? items[at].href : ''; // what was chosen stays so when the list is renewed
      items = found; list.replaceChildren();
      found.forEach(function (s, i) {
        var li = d.createElement('li'), text = d.createElement('bdi'), kind = d.createElement('span');
        li.id = list.id + i; li.setAttribute('role', 'option'); li.setAttribute('aria-selected', 'false');
        text.textContent = s.text; kind.textContent = s.kind === 'term' ? s.documents + (s.documents === 1 ? ' document' : ' documents') : s.kind;
        li.append(text, kind);
        li.addEventListener('mousedown', function (e) { e.preventDefault(); take(s); });
        list.append(li);
      });
      list.hidden = !found.length; mark(found.findIndex(function (s) { return s.href === kept; })); box.setAttribute('aria-expanded', String(found.length > 0));
      say.textContent = found.length ? found.length + ' suggestions' : '';
    }
    var taken = false; // then the form must not be sent as well
    function take(s) { close(); if (s.href.charAt(0) === '/') { taken = true; location.assign(s.href); } }
    if (box.form) box.form.addEventListener('submit', function (e) { if (taken) e.preventDefault(); });
    window.addEventListener('pageshow', function () { taken = false; });
    box.addEventListener('input', function () {
      clearTimeout(timer);
      var q = box.value.trim(), mine = ++asked;
      if (q.length < 2) { show([]); return; }
      timer = setTimeout(function () {
        fetch(box.dataset.suggest + '?q=' + encodeURIComponent(q)).then(function (r) { return r.ok ? r.json() : { suggestions: [] }; })
          .then(function (a) { if (mine === asked && d.activeElement === box) show(a.suggestions || []); }, close);
      }, 120);
    });
    box.addEventListener('keydown', function (e) {
      if (list.hidden || e.isComposing) return;
      if (e.key === 'ArrowDown') { e.preventDefault(); mark(at + 1 < items.length ? at + 1 : -1); }
      else if (e.key === 'ArrowUp') { e.preventDefault(); mark(at < 0 ? items.length - 1 : at - 1); }
      else if (e.key === 'Enter' && at >= 0) { e.preventDefault(); take(items[at]); }
      else if (e.key === 'Escape') { e.preventDefault(); e.stopPropagation(); close(); }
    });
    box.addEventListener('blur', close);
  });

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
    now = next;
    hits.forEach(function (m, k) { m.classList.toggle('now', k === now); });
    var m = hits[now], s = d.getElementById('at-hit');
    m.tabIndex = -1;
    m.focus({ preventScroll: true });
    m.scrollIntoView({ block: 'center' });
    history.replaceState(null, '', '#' + m.id);
    if (s) s.textContent = 'Hit ' + m.id.slice(1) + ' of ' + s.dataset.all;
    all('.toc .row a').forEach(function (a) { if (a.textContent === m.id.slice(1)) a.setAttribute('aria-current', 'true'); else a.removeAttribute('aria-current'); });
  }
  all('[data-hit]').forEach(function (a) {
    a.addEventListener('click', function (e) { e.preventDefault(); go(Number(a.dataset.hit)); });
  });

  // Single-key shortcuts: never while typing or with a modifier, and they can be switched off.
  var keys = d.getElementById('keys'), sw = d.getElementById('keys-on'), on = true;
  try { on = localStorage.getItem('rapport-keys') !== 'off'; } catch (x) { on = true; }
  function open() { if (keys && keys.showModal && !keys.open) keys.showModal(); }
  if (sw) {
    sw.checked = on;
    sw.addEventListener('change', function () { on = sw.checked; try { localStorage.setItem('rapport-keys', on ? 'on' : 'off'); } catch (x) { return; } });
  }
  all('[data-keys]').forEach(function (b) { b.addEventListener('click', open); });
  d.addEventListener('keydown', function (e) {
    if (e.key === 'Escape') { shut(null, true); return; }
    if (!on || e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName) || e.target.isContentEditable || (keys && keys.open)) return;
    if (e.key === '?') { e.preventDefault(); open(); }
    else if (e.key === 'n') go(1);
    else if (e.key === 'p') go(-1);
    else if (e.key === 's') { var q = d.getElementById('q'); if (q) { e.preventDefault(); q.focus(); q.select(); } }
  });
})();
