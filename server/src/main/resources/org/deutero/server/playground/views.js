// Draws answers: bars, the map of features, curves over steps.
import { plane } from '/map.js';
import { thumbnail } from '/pad.js';

const SVG = 'http://www.w3.org/2000/svg';

function shape(parent, name, attributes, text) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  parent.append(node);
  return node;
}

const percent = p => `${Math.round(100 * p)} %`;

/** Bars of [{name, hue, probability}], always in the order of the classes, so that they move but do not jump. */
export function bars(list, verdict, chances, blank) {
  while (list.children.length > chances.length) list.lastChild.remove();
  while (list.children.length < chances.length) {
    const row = document.createElement('li');
    for (const part of ['name', 'bar', 'value']) {
      const span = document.createElement('span');
      span.className = part;
      row.append(span);
    }
    row.children[1].append(document.createElement('i'));
    list.append(row);
  }
  const best = chances.reduce((a, b) => ((b.probability ?? -1) > (a?.probability ?? -1) ? b : a), null);
  chances.forEach((chance, i) => {
    const row = list.children[i];
    const known = chance.probability !== undefined && !blank;
    row.style.setProperty('--hue', chance.hue);
    row.classList.toggle('best', known && chance === best);
    row.children[0].textContent = chance.name;
    row.children[1].firstChild.style.transform = `scaleX(${known ? chance.probability : 0})`;
    row.children[2].textContent = known ? percent(chance.probability) : '';
  });
  verdict.replaceChildren();
  if (best?.probability === undefined || blank) {
    verdict.textContent = '\u00a0';
    return '';
  }
  const small = document.createElement('small');
  const sure = best.probability > 0.9 ? 'This is' : best.probability > 0.6 ? 'Looks like' : 'Perhaps';
  small.textContent = `${sure} `;
  verdict.append(small, best.name);
  return `${sure} ${best.name}, ${percent(best.probability)}`;
}

/** The map: symbols where their features lie, and the question among them. shots: [{what, hue, name, features}]. */
export function map(svg, shots, asked) {
  svg.replaceChildren();
  if (shots.length < 2) {
    shape(svg, 'text', { x: 320, y: 135, 'text-anchor': 'middle' }, 'Draw two symbols to see where they lie');
    svg.setAttribute('aria-label', 'Nothing to show yet');
    return;
  }
  const project = plane(shots.map(s => s.features));
  const points = shots.map(s => project(s.features));
  const question = asked?.features && project(asked.features);
  const all = question ? [...points, question] : points;
  const span = axis => {
    const values = all.map(p => p[axis]);
    return [Math.min(...values), Math.max(...values)];
  };
  const [x0, x1] = span(0);
  const [y0, y1] = span(1);
  const scale = Math.min(520 / Math.max(x1 - x0, 1e-6), 150 / Math.max(y1 - y0, 1e-6));
  const at = p => [320 + (p[0] - (x0 + x1) / 2) * scale, 130 - (p[1] - (y0 + y1) / 2) * scale];
  shape(svg, 'line', { class: 'axis', x1: 10, y1: 130, x2: 630, y2: 130 });
  shape(svg, 'line', { class: 'axis', x1: 320, y1: 10, x2: 320, y2: 250 });
  if (question) {
    const [qx, qy] = at(question);
    points.forEach((p, i) => {
      const [x, y] = at(p);
      const tie = shape(svg, 'line', { class: 'tie', x1: qx, y1: qy, x2: x, y2: y, 'stroke-width': 1 + 7 * shots[i].chance, opacity: 0.15 + 0.75 * shots[i].chance });
      tie.style.setProperty('--hue', shots[i].hue);
    });
  }
  const ink = getComputedStyle(document.body).color;
  const spot = (x, y, what, hue, kind) => {
    const group = shape(svg, 'g', { class: `spot ${kind}` });
    group.style.setProperty('--hue', hue);
    shape(group, 'rect', { x: x - 21, y: y - 21, width: 42, height: 42, rx: 10 });
    shape(group, 'image', { x: x - 18, y: y - 18, width: 36, height: 36, href: thumbnail(what, ink).toDataURL() });
  };
  points.forEach((p, i) => spot(...at(p), shots[i].what, shots[i].hue, ''));
  if (question) {
    // On a pin, so that it does not hide what it is like.
    const [x, y] = at(question);
    const up = y > 75 ? -52 : 52;
    shape(svg, 'line', { class: 'pin', x1: x, y1: y, x2: x, y2: y + up });
    shape(svg, 'circle', { class: 'pin', cx: x, cy: y, r: 5 });
    spot(x, y + up, asked.what, 'currentColor', 'asked');
  }
  const nearest = question && shots.map((s, i) => [s.name, Math.hypot(...points[i].map((v, a) => v - question[a]))]).sort((a, b) => a[1] - b[1])[0][0];
  svg.setAttribute('aria-label', `${shots.length} symbols in the space of features${nearest ? `; the question lies nearest to ${nearest}` : ''}`);
}

/** Probability of each class after each number of steps. answers: one a step; classes: [{name, hue}]. */
export function curves(svg, answers, classes, step) {
  svg.replaceChildren();
  const left = 46, right = 620, top = 14, bottom = 180;
  const last = Math.max(1, answers.length - 1);
  const x = k => left + (right - left) * k / last;
  const y = p => bottom - (bottom - top) * p;
  for (const p of [0, 0.5, 1]) {
    shape(svg, 'line', { class: 'axis', x1: left, x2: right, y1: y(p), y2: y(p) });
    shape(svg, 'text', { x: left - 8, y: y(p) + 4, 'text-anchor': 'end' }, `${100 * p}%`);
  }
  for (let k = 0; k <= last; k++) shape(svg, 'text', { x: x(k), y: bottom + 20, 'text-anchor': 'middle' }, k);
  shape(svg, 'text', { x: (left + right) / 2, y: bottom + 38, 'text-anchor': 'middle' }, 'steps');
  if (!answers.length) return;
  shape(svg, 'line', { class: 'axis', x1: x(step), x2: x(step), y1: top, y2: bottom, 'stroke-width': 3 });
  for (const c of classes) {
    const values = answers.map(a => a.classes.find(k => k.name === c.name)?.probability ?? 0);
    const curve = shape(svg, 'polyline', { class: 'curve', points: values.map((p, k) => `${x(k)},${y(p)}`).join(' ') });
    curve.style.setProperty('--hue', c.hue);
    const dot = shape(svg, 'circle', { class: 'dot', cx: x(step), cy: y(values[step]), r: 6 });
    dot.style.setProperty('--hue', c.hue);
  }
  const end = answers.at(-1);
  svg.setAttribute('aria-label', `After 0 steps ${answers[0].label} with ${percent(answers[0].probability)}, after ${last} ${end.label} with ${percent(end.probability)}`);
}
