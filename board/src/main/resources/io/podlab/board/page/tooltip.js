// Shows the moments of the mark under the pointer, or of the mark with the focus.
class Tooltip {
  constructor(drawing) {
    this.drawing = drawing;
    this.tip = byId('tooltip');
    this.current = null; // The moment whose mark Tab focuses.
    this.target = null;
    const svg = drawing.body;
    // Not mouseover: the tooltip stays while the time moves under a resting pointer.
    svg.addEventListener('pointermove', event => this.show(event.target.closest('.mark'), false));
    svg.addEventListener('pointerleave', () => { if (!this.focused) this.show(null); });
    svg.addEventListener('focusin', event => {
      const mark = event.target.closest('.mark');
      this.focused = Boolean(mark);
      if (mark) this.current = mark.dataset.id;
      this.show(mark, true);
    });
    svg.addEventListener('focusout', () => {
      if (drawing.changing) return; // The mark comes back, or another one replaces it.
      this.focused = false;
      this.show(null);
    });
    svg.addEventListener('keydown', event => this.key(event));
    svg.addEventListener('click', event => {
      const label = event.target.closest('.row.header, .row.group');
      const bar = event.target.closest('.lane.group');
      if (label || bar) drawing.toggle((label || bar).dataset.row);
    });
    drawing.redrawn = () => this.redrawn();
  }

  show(mark, focused) {
    if (!mark && this.focused) return;
    this.target = mark ? {id: mark.dataset.id, row: mark.parentNode.dataset.row, focused} : null;
    this.write();
  }

  find(target) {
    const parts = target && this.drawing.shown.get(target.row);
    const node = parts && parts.marks.find(one => one.moments.some(moment => String(moment.id) === target.id));
    return node && {node, element: [...parts.elements[2].children].find(element => element.key === node.key)};
  }

  write() {
    const found = this.find(this.target);
    this.tip.hidden = !found;
    if (!found) return;
    const moments = found.node.moments;
    const shown = moments.slice(-8);
    const lines = [];
    if (moments.length > shown.length) lines.push(['note', `${count(moments.length - shown.length, 'earlier moment')}, then:`]);
    for (const moment of shown) {
      lines.push(['what', describe(moment)]);
      const api = moment.apiTime ? `${moment.source === 'program' ? 'program' : 'API'} ${moment.source === 'program' ? exact(moment.apiTime) : clock(moment.apiTime)}` : 'no API time';
      lines.push(['when', `${printable(moment.object)} · ${api} · seen ${exact(moment.seen)}${moment.approximate ? ' · approximate' : ''}`]);
    }
    while (this.tip.children.length > lines.length) this.tip.lastElementChild.remove();
    lines.forEach(([kind, text], index) => {
      const line = this.tip.children[index] || this.tip.appendChild(document.createElement('p'));
      line.className = kind;
      setText(line, text);
    });
    this.place(found.element);
  }

  place(element) {
    const box = element.getBoundingClientRect();
    const scroll = this.drawing.scroll.getBoundingClientRect();
    const x = box.left + box.width / 2;
    const gone = x < scroll.left + LABELS || box.top < scroll.top - 20 || box.top > scroll.bottom;
    this.tip.hidden = gone;
    if (gone) return;
    const size = this.tip.getBoundingClientRect();
    const left = Math.max(8, Math.min(innerWidth - size.width - 8, x - size.width / 2));
    const below = box.bottom + 8 + size.height < innerHeight;
    this.tip.style.left = `${Math.round(left)}px`;
    this.tip.style.top = `${Math.round(below ? box.bottom + 8 : Math.max(4, box.top - 8 - size.height))}px`;
  }

  // Runs in each frame, because the mark can move.
  frame() {
    if (!this.target) return;
    const found = this.find(this.target);
    if (found) this.place(found.element); else this.tip.hidden = true;
  }

  redrawn() {
    const marks = this.drawing.marks;
    if (this.focused || this.target) this.write();
    // If the focused mark was merged into another one, focus that one.
    if (this.focused && !marks.contains(document.activeElement)) {
      const found = this.find(this.target);
      if (found) {
        found.element.setAttribute('tabindex', '-1');
        found.element.focus({preventScroll: true});
      } else {
        this.focused = false;
        this.show(null);
      }
    }
    const old = marks.querySelector('.mark[tabindex="0"]');
    const stays = marks.querySelector(`.mark[data-id="${this.current}"]`);
    const next = stays || this.inView(marks.querySelector('.mark')?.parentNode).pop();
    if (old && old !== next) old.setAttribute('tabindex', '-1');
    if (next && old !== next) next.setAttribute('tabindex', '0');
  }

  inView(row) {
    const {view, scale} = this.drawing;
    if (!row) return [];
    const from = (view.end - view.window - scale.origin) * scale.perMillisecond;
    const to = (view.end - scale.origin) * scale.perMillisecond;
    const x = mark => Number(/-?[\d.]+/.exec(mark.getAttribute('transform'))[0]);
    return [...row.children].filter(mark => x(mark) >= from && x(mark) <= to + 1).map(mark => Object.assign(mark, {x: x(mark)}));
  }

  key(event) {
    const header = event.target.closest('.row[role="button"]');
    if (header && event.key === 'Enter') {
      this.drawing.toggle(header.dataset.row);
      event.preventDefault();
      return;
    }
    const mark = event.target.closest('.mark');
    if (!mark || event.shiftKey) return;
    const row = mark.parentNode;
    let next;
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const list = this.inView(row);
      next = list[list.indexOf(mark) + (event.key === 'ArrowLeft' ? -1 : 1)];
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      const x = this.inView(row).find(one => one === mark)?.x || 0;
      const step = event.key === 'ArrowUp' ? 'previousElementSibling' : 'nextElementSibling';
      let other = row[step];
      while (other && !this.inView(other).length) other = other[step];
      next = this.inView(other).sort((one, two) => Math.abs(one.x - x) - Math.abs(two.x - x))[0];
    } else if (event.key === 'Escape') {
      this.drawing.scroll.focus();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (next) this.go(next);
  }

  go(mark) {
    this.drawing.marks.querySelectorAll('.mark[tabindex="0"]').forEach(one => one.setAttribute('tabindex', '-1'));
    mark.setAttribute('tabindex', '0');
    mark.focus({preventScroll: true});
    const box = mark.getBoundingClientRect();
    const scroll = this.drawing.scroll.getBoundingClientRect();
    if (box.top < scroll.top || box.bottom > scroll.bottom) this.drawing.scroll.scrollTop += box.top - scroll.top - scroll.height / 2;
  }
}
