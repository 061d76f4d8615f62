// What every page has: menus, copying, suggestions, keys. Every page works
// without any script.
(function () {
  'use strict';
  var d = document;
  function all(s, r) { return Array.prototype.slice.call((r || d).querySelectorAll(s)); }
  all('[data-js]').forEach(function (e) { e.hidden = false; });

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
        text.textContent = s.text; kind.textContent = s.kind === 'term' ? s.documents.toLocaleString('en') + (s.documents === 1 ? ' document' : ' documents') : s.kind;
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

  // Single-key shortcuts: never while typing or with a modifier, and they can be switched off.
  var keys = d.getElementById('keys'), sw = d.getElementById('keys-on'), on = true;
  try { on = localStorage.getItem('rapport-keys') !== 'off'; } catch (x) { on = true; }
  function step(by) { var link = d.querySelector('[data-hit="' + by + '"]'); if (link) link.click(); }
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
    else if (e.key === 'n') step(1);
    else if (e.key === 'p') step(-1);
    else if (e.key === 's') { var q = d.getElementById('q'); if (q) { e.preventDefault(); q.focus(); q.select(); } }
  });
})();
