// A square to draw on, by pointer or keyboard. Lines are kept as points in [0, 1], so that they are sharp at any size and black on white for the server, whatever the theme.
const SENT = 112;
const SENT_PHOTO = 224;
const PEN = 0.045;
const STRIDE = 0.04;

export class Pad {
  constructor(label, hint, changed) {
    this.lines = [];
    this.photo = null;
    this.changed = changed;
    this.cursor = { x: 0.5, y: 0.5, down: false };
    this.element = document.createElement('div');
    this.element.className = 'pad';
    this.canvas = document.createElement('canvas');
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute('role', 'application');
    this.canvas.setAttribute('aria-roledescription', 'drawing pad');
    this.hint = document.createElement('div');
    this.hint.className = 'hint';
    this.hint.textContent = hint;
    this.element.append(this.canvas, this.hint);
    this.label(label);
    this.listen();
    new ResizeObserver(() => this.paint()).observe(this.element);
  }

  label(text) {
    this.name = text;
    const what = this.photo ? 'a photograph' : this.lines.length ? `${this.lines.length} lines` : 'empty';
    this.canvas.setAttribute('aria-label', `${text}, ${what}`);
  }

  get empty() { return !this.photo && this.lines.length === 0; }

  listen() {
    const c = this.canvas;
    c.addEventListener('pointerdown', e => {
      if (e.button !== 0) return;
      c.setPointerCapture(e.pointerId);
      this.start(this.place(e));
      this.drawing = e.pointerId;
      c.focus({ preventScroll: true });
      e.preventDefault();
    });
    c.addEventListener('pointermove', e => {
      if (this.drawing !== e.pointerId) return;
      for (const each of e.getCoalescedEvents?.() ?? [e]) this.go(this.place(each));
      this.touched();
    });
    for (const end of ['pointerup', 'pointercancel']) {
      c.addEventListener(end, e => {
        if (this.drawing === e.pointerId) this.drawing = null;
      });
    }
    c.addEventListener('keydown', e => this.key(e));
    c.addEventListener('focus', () => this.paint());
    c.addEventListener('blur', () => { this.cursor.down = false; this.paint(); });
    this.element.addEventListener('dragover', e => { e.preventDefault(); this.element.classList.add('over'); });
    this.element.addEventListener('dragleave', () => this.element.classList.remove('over'));
    this.element.addEventListener('drop', e => {
      e.preventDefault();
      this.element.classList.remove('over');
      const file = [...e.dataTransfer.files].find(f => f.type.startsWith('image/'));
      if (file) this.load(file);
    });
  }

  /** Shows a picture file in place of lines. */
  async load(file) {
    this.lines = [];
    this.photo = await createImageBitmap(file);
    this.touched();
  }

  place(e) {
    const box = this.canvas.getBoundingClientRect();
    return [clamp((e.clientX - box.left) / box.width), clamp((e.clientY - box.top) / box.height)];
  }

  start(point) { this.photo = null; this.lines.push([point]); this.touched(); }

  go(point) { this.lines.at(-1)?.push(point); }

  key(e) {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const move = moves[e.key];
    const k = this.cursor;
    this.byKeys = true;
    if (move) {
      k.x = clamp(k.x + move[0] * STRIDE);
      k.y = clamp(k.y + move[1] * STRIDE);
      if (k.down) { this.go([k.x, k.y]); this.touched(); } else this.paint();
    } else if (e.key === ' ') {
      k.down = !k.down;
      if (k.down) this.start([k.x, k.y]); else this.paint();
    } else if (e.key === 'Backspace') {
      this.lines.pop();
      k.down = false;
      this.touched();
    } else if (e.key === 'Delete') {
      this.clear();
    } else return;
    e.preventDefault();
  }

  clear() { this.set([]); }

  set(lines) {
    this.photo = null;
    this.cursor.down = false;
    this.lines = lines.map(line => line.map(p => [...p]));
    this.touched();
  }

  touched() {
    this.label(this.name);
    this.paint();
    this.changed?.();
  }

  paint() {
    const size = Math.round(this.element.clientWidth * (window.devicePixelRatio || 1)) || SENT;
    if (this.canvas.width !== size) this.canvas.width = this.canvas.height = size;
    const g = this.canvas.getContext('2d');
    g.clearRect(0, 0, size, size);
    draw(g, size, this, getComputedStyle(this.element).color);
    this.element.classList.toggle('full', !this.empty);
    if (this.byKeys && document.activeElement === this.canvas) {
      g.fillStyle = g.strokeStyle = getComputedStyle(document.documentElement).getPropertyValue('--accent') && '#6366f1';
      g.lineWidth = size * 0.012;
      g.beginPath();
      g.arc(this.cursor.x * size, this.cursor.y * size, size * 0.035, 0, 7);
      if (this.cursor.down) g.fill(); else g.stroke();
    }
  }

  /** What is drawn, apart from this pad. */
  copy() { return { lines: this.lines.map(line => line.map(p => [...p])), photo: this.photo }; }
}

export function clamp(v) { return Math.min(1, Math.max(0, v)); }

/** Draws lines or a photograph into a square. */
export function draw(g, size, what, ink) {
  if (what.photo) {
    const side = Math.min(what.photo.width, what.photo.height);
    g.drawImage(what.photo, (what.photo.width - side) / 2, (what.photo.height - side) / 2, side, side, 0, 0, size, size);
    return;
  }
  g.strokeStyle = g.fillStyle = ink;
  g.lineWidth = size * PEN;
  g.lineCap = g.lineJoin = 'round';
  for (const line of what.lines) {
    g.beginPath();
    if (line.length === 1) {
      g.arc(line[0][0] * size, line[0][1] * size, g.lineWidth / 2, 0, 7);
      g.fill();
      continue;
    }
    g.moveTo(line[0][0] * size, line[0][1] * size);
    for (let i = 1; i < line.length - 1; i++) {
      const [x, y] = line[i];
      g.quadraticCurveTo(x * size, y * size, (x + line[i + 1][0]) / 2 * size, (y + line[i + 1][1]) / 2 * size);
    }
    g.lineTo(line.at(-1)[0] * size, line.at(-1)[1] * size);
    g.stroke();
  }
}

/** PNG in base64, black on white. */
export function encode(what) {
  const size = what.photo ? SENT_PHOTO : SENT;
  const sheet = document.createElement('canvas');
  sheet.width = sheet.height = size;
  const g = sheet.getContext('2d');
  g.fillStyle = '#fff';
  g.fillRect(0, 0, size, size);
  draw(g, size, what, '#000');
  return sheet.toDataURL('image/png').split(',')[1];
}

/** The same for the eye, in a colour, on nothing. */
export function thumbnail(what, ink, size = 72) {
  const sheet = document.createElement('canvas');
  sheet.width = sheet.height = size;
  draw(sheet.getContext('2d'), size, what, ink);
  return sheet;
}
