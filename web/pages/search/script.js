// Filters.
(function () {
  'use strict';
  var d = document;
  function all(s, r) { return Array.prototype.slice.call((r || d).querySelectorAll(s)); }

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
})();
