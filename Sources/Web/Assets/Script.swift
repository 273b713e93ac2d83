/// The one script. Every page works without it; it adds comfort: sorting, values under the pointer, live progress,
/// dropping a file, and the palette behind `/`.
enum Script {
    static let text = #"""
        'use strict';
        (() => {
          const all = (s, root = document) => [...root.querySelectorAll(s)];
          const svg = (name, attributes) => {
            const e = document.createElementNS('http://www.w3.org/2000/svg', name);
            for (const k in attributes) e.setAttribute(k, attributes[k]);
            return e;
          };

          // Sorting: a click on a heading; numbers by data-v, words by the reader's language.
          const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
          const sortable = table => {
            all('thead th', table).forEach((th, column) => {
              if ('fixed' in th.dataset) return;
              const button = document.createElement('button');
              button.append(...th.childNodes);
              th.append(button);
              button.addEventListener('click', () => {
                const down = th.getAttribute('aria-sort') !== 'descending' && th.classList.contains('n')
                  || th.getAttribute('aria-sort') === 'ascending';
                all('thead th', table).forEach(h => h.removeAttribute('aria-sort'));
                th.setAttribute('aria-sort', down ? 'descending' : 'ascending');
                const body = table.tBodies[0];
                const key = row => row.cells[column];
                const rows = [...body.rows].sort((a, b) => {
                  const x = key(a), y = key(b);
                  const n = x.classList.contains('n') || 'v' in x.dataset || 'v' in y.dataset;
                  if (!n) return collator.compare(x.textContent, y.textContent) * (down ? -1 : 1);
                  const p = parseFloat(x.dataset.v), q = parseFloat(y.dataset.v);
                  if (isNaN(p) || isNaN(q)) return isNaN(p) - isNaN(q);
                  return (p - q) * (down ? -1 : 1);
                });
                body.append(...rows);
              });
            });
          };

          // A chart says the value under the pointer, or under the arrow keys. The words are those of its table.
          const speaking = chart => {
            const figure = chart.closest('figure');
            // In time's order, however the table is sorted.
            const rows = figure ? all('details tbody tr', figure) : [];
            rows.sort((a, b) => a.cells[0].dataset.v - b.cells[0].dataset.v);
            const n = +chart.dataset.n, x0 = +chart.dataset.x0, x1 = +chart.dataset.x1;
            const top = +chart.dataset.top, bottom = +chart.dataset.bottom;
            if (!n || rows.length < n) return;
            const line = svg('line', { class: 'probe', y1: top, y2: bottom });
            const text = svg('text', { class: 'said', y: top - 6 });
            let at = -1;
            const show = i => {
              at = Math.max(0, Math.min(n - 1, i));
              const x = n > 1 ? x0 + (x1 - x0) * at / (n - 1) : (x0 + x1) / 2;
              line.setAttribute('x1', x); line.setAttribute('x2', x);
              text.setAttribute('x', x);
              text.setAttribute('text-anchor', x < (x0 + x1) / 2 ? 'start' : 'end');
              text.textContent = [...rows[at].cells].slice(0, 2).map(c => c.textContent).join('  ');
              chart.append(line, text);
              chart.classList.add('speaking');
            };
            const hide = () => { line.remove(); text.remove(); chart.classList.remove('speaking'); };
            chart.addEventListener('pointermove', e => {
              const box = chart.getBoundingClientRect();
              const x = (e.clientX - box.left) / box.width * chart.viewBox.baseVal.width;
              show(Math.round((x - x0) / (x1 - x0) * (n - 1)));
            });
            chart.addEventListener('pointerleave', hide);
            chart.setAttribute('tabindex', '0');
            chart.addEventListener('blur', hide);
            chart.addEventListener('keydown', e => {
              const step = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
              if (e.key === 'Home') show(0); else if (e.key === 'End') show(n - 1);
              else if (step) show(at < 0 ? (step > 0 ? 0 : n - 1) : at + step);
              else if (e.key === 'Escape') return hide(); else return;
              e.preventDefault();
            });
          };

          // Something that is under way: the server's own words, asked for when it says that there is news. Where it cannot
          // be listened to they are asked for every second.
          const live = part => {
            let stream, isAsking = false, isNews = false;
            const ask = async () => {
              if (isAsking) { isNews = true; return; }
              isAsking = true; isNews = false;
              try {
                const answer = await fetch(part.dataset.live, { headers: { Accept: 'text/html' } });
                if (answer.ok) {
                  part.innerHTML = await answer.text();
                  const to = answer.headers.get('X-Done');
                  if (to) { stream?.close(); location.assign(to); return; }
                }
              } catch { /* the next try may succeed */ }
              isAsking = false;
              if (!stream || stream.readyState === 2) setTimeout(ask, 1000); else if (isNews) ask();
            };
            if (part.dataset.events) {
              stream = new EventSource(part.dataset.events);
              stream.addEventListener('import', ask);
              // What happened before the stream was open is asked for once; a stream that is refused leaves the clock.
              stream.addEventListener('open', ask);
              stream.addEventListener('error', () => { if (stream.readyState === 2) ask(); });
              addEventListener('pagehide', () => stream.close());
            } else setTimeout(ask, 1000);
          };

          // A file dropped on the door is the file of its form.
          const droppable = form => {
            const input = form.querySelector('input[type=file]');
            const over = on => e => { e.preventDefault(); form.classList.toggle('over', on); };
            form.addEventListener('dragover', over(true));
            form.addEventListener('dragleave', over(false));
            form.addEventListener('drop', e => {
              over(false)(e);
              if (!e.dataTransfer.files.length) return;
              input.files = e.dataTransfer.files;
              form.requestSubmit();
            });
          };

          // `/` goes to the search field; what it finds appears below it.
          const palette = form => {
            const input = form.querySelector('input');
            const list = document.createElement('ul');
            list.className = 'palette';
            let asked = 0;
            input.addEventListener('input', async () => {
              const mine = ++asked;
              if (!input.value.trim()) { list.remove(); return; }
              const answer = await fetch('/search?part=1&q=' + encodeURIComponent(input.value));
              if (!answer.ok || mine !== asked) return;
              list.innerHTML = await answer.text();
              form.append(list);
            });
            form.addEventListener('keydown', e => {
              const links = all('a', list), i = links.indexOf(document.activeElement);
              if (e.key === 'ArrowDown') { (links[i + 1] || input).focus(); e.preventDefault(); }
              if (e.key === 'ArrowUp') { (links[i - 1] || input).focus(); e.preventDefault(); }
              if (e.key === 'Escape') { list.remove(); input.blur(); }
            });
            document.addEventListener('keydown', e => {
              if (e.key !== '/' || e.ctrlKey || e.metaKey || /INPUT|SELECT|TEXTAREA/.test(e.target.tagName)) return;
              e.preventDefault();
              input.focus();
            });
          };

          all('table.sortable').forEach(sortable);
          all('svg.chart[data-n]').forEach(speaking);
          all('[data-live]').forEach(live);
          all('form.drop').forEach(droppable);
          all('form.search').forEach(palette);
          all('form.filters select').forEach(s => s.addEventListener('change', () => s.form.requestSubmit()));
        })();
        """#
}
