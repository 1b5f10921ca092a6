// The page: cards to draw symbols on, a pad to ask with, and what the learner makes of it.
import { call } from '/api.js';
import { Mind } from '/mind.js';
import { Pad, encode, thumbnail } from '/pad.js';
import { bars, curves, map } from '/views.js';

const $ = id => document.getElementById(id);
const HUES = ['#e5484d', '#0b84d8', '#2f9e5f', '#d9820f', '#9353d3', '#c2407e', '#0f9aa0', '#7d7a17'];
const NAMES = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta', 'iota', 'kappa', 'lambda', 'mu'];
const PAUSE = 120;
const SPEAK_AFTER = 700;

const cards = [];
let mind = null;
let answer = null;
let learned = [];
let timer = 0;
let speaker = 0;

const question = new Pad('Question', 'Draw one of your symbols again', () => ask());
question.canvas.id = 'question-canvas';
$('question-pad').append(question.element);

// ---------------------------------------------------------------- cards

class Card {
  constructor() {
    this.number = cards.length;
    this.hue = HUES[this.number % HUES.length];
    this.shots = [];
    this.element = document.createElement('article');
    this.element.className = 'card';
    this.element.style.setProperty('--hue', this.hue);
    this.name = document.createElement('input');
    this.name.value = NAMES[this.number] ?? `symbol ${this.number + 1}`;
    this.name.maxLength = 40;
    this.name.setAttribute('aria-label', `Name of symbol ${this.number + 1}`);
    this.name.addEventListener('input', () => { this.relabel(); learnSoon(); });
    this.pad = new Pad('', 'Draw here', () => { this.refresh(); learnSoon(); });
    this.strip = document.createElement('div');
    this.strip.className = 'shots';
    this.again = button('+ another', () => this.keep());
    this.wipe = button('Clear', () => this.clear());
    this.wipe.classList.add('push');
    const row = document.createElement('div');
    row.className = 'row';
    row.append(this.again, this.wipe);
    this.element.append(this.name, this.pad.element, this.strip, row);
    this.relabel();
    this.refresh();
  }

  get title() { return this.name.value.trim(); }

  /** All examples, the one on the pad too. */
  get examples() { return this.pad.empty ? this.shots : [...this.shots, this.pad.copy()]; }

  relabel() {
    this.pad.label(`Drawing of ${this.title || 'a symbol without a name'}`);
    this.again.setAttribute('aria-label', `Keep this drawing of ${this.title} and draw another`);
    this.wipe.setAttribute('aria-label', `Clear ${this.title}`);
  }

  keep() {
    this.shots.push(this.pad.copy());
    this.pad.clear();
    this.pad.canvas.focus();
  }

  clear() {
    this.shots = [];
    this.pad.clear();
  }

  refresh() {
    this.again.disabled = this.pad.empty;
    this.wipe.disabled = this.examples.length === 0;
    const ink = getComputedStyle(document.body).color;
    this.strip.replaceChildren(...this.shots.map((shot, i) => {
      const one = button('', () => { this.shots.splice(i, 1); this.refresh(); learnSoon(); });
      one.append(thumbnail(shot, ink));
      one.setAttribute('aria-label', `Remove example ${i + 1} of ${this.title}`);
      one.title = 'Remove';
      return one;
    }));
  }
}

function button(text, action) {
  const b = document.createElement('button');
  b.type = 'button';
  b.textContent = text;
  b.addEventListener('click', action);
  return b;
}

const adder = button('+ symbol', () => addCard().name.focus());
adder.className = 'add';
$('cards').append(adder);

function addCard() {
  const card = new Card();
  cards.push(card);
  adder.before(card.element);
  adder.disabled = cards.length >= Math.min(mind?.learner.mostClasses ?? 12, 12);
  return card;
}

// ---------------------------------------------------------------- learning and asking

function say(text, wrong = false) {
  $('state').textContent = text;
  $('state').classList.toggle('wrong', wrong);
}

function learnSoon() {
  clearTimeout(timer);
  timer = setTimeout(learn, PAUSE);
}

async function learn() {
  if (!mind) return;
  const drawn = cards.filter(c => c.examples.length);
  const names = drawn.map(c => c.title.toLowerCase());
  const most = mind.learner.mostClasses;
  answer = null;
  if (drawn.length < 2) {
    learned = [];
    mind.forget();
    say(drawn.length ? 'One more symbol, and there is something to tell apart.' : 'Draw at least two symbols, once each. That is all it gets.');
    return show();
  }
  if (names.includes('')) return say('A symbol has no name yet.', true);
  if (new Set(names).size < names.length) return say('Two symbols have the same name.', true);
  if (most && drawn.length > most) return say(`This learner tells at most ${most} symbols apart.`, true);
  const classes = drawn.map(c => ({ name: c.title, hue: c.hue, shots: c.examples }));
  const start = performance.now();
  try {
    const fresh = await mind.learn(classes.map(c => ({ name: c.name, pictures: c.shots.map(encode) })));
    if (!fresh) return;
  } catch (e) {
    return say(`${e.message}.`, true);
  }
  learned = classes;
  const count = classes.reduce((sum, c) => sum + c.shots.length, 0);
  say(`Learned ${classes.length} symbols from ${count} drawings in ${Math.round(performance.now() - start)} ms.`);
  show();
  ask();
}

let busy = false;
let again = false;

/** One question at a time; what was drawn meanwhile is asked next. */
async function ask() {
  if (!learned.length || question.empty) {
    answer = null;
    return show();
  }
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  const of = mind;
  try {
    const got = await of.ask(encode(question));
    if (of === mind && learned.length && !question.empty) {
      answer = { ...got, what: question.copy() };
      show();
    }
  } catch (e) {
    if (e.status === 404) learnSoon();
    else say(`${e.message}.`, true);
  }
  busy = false;
  if (again) {
    again = false;
    ask();
  }
}

// ---------------------------------------------------------------- showing

function show() {
  const steps = mind?.learner.steps ?? 0;
  const step = steps ? Math.min(Number($('step').value), steps) : 0;
  const told = answer?.answers[steps ? step : answer.answers.length - 1];
  const chance = name => told?.classes.find(c => c.name === name)?.probability;
  const shown = learned.length ? learned : cards.map(c => ({ name: c.title, hue: c.hue }));
  const text = bars($('chances'), $('verdict'), shown.map(c => ({ ...c, probability: chance(c.name) })), told?.blank);
  clearTimeout(speaker);
  if (text) speaker = setTimeout(() => { $('spoken').textContent = text; }, SPEAK_AFTER);
  if (mind?.learner.embeds) {
    let i = 0;
    const shots = learned.flatMap(c => c.shots.map(what => ({ what, hue: c.hue, name: c.name, chance: chance(c.name) ?? 0, features: mind.features[i++] })));
    map($('map'), shots.filter(s => s.features), answer);
  }
  if (steps) {
    $('step-count').textContent = step;
    curves($('curves'), answer?.answers ?? [], learned, step);
  }
}

function choose(learner) {
  mind?.forget();
  mind = new Mind(learner);
  answer = null;
  learned = [];
  $('map-panel').hidden = !learner.embeds;
  $('steps-panel').hidden = !learner.steps;
  $('step').max = learner.steps;
  $('step').value = learner.steps;
  say('Learning ...');
  adder.disabled = cards.length >= Math.min(learner.mostClasses ?? 12, 12);
  question.hint.textContent = learner.input.shows === 'drawing' ? 'Draw one of your symbols again' : 'Drop a picture here';
  for (const card of cards) card.pad.hint.textContent = learner.input.shows === 'drawing' ? 'Draw here' : 'Drop a picture here';
  show();
  learn();
}

const KINDS = { protonet: 'Prototypes', maml: 'MAML' };

async function start() {
  const { learners } = await call('GET', '/v1/learners');
  const methods = learners.map(l => l.method);
  for (const [i, learner] of learners.entries()) {
    const label = document.createElement('label');
    const radio = document.createElement('input');
    radio.type = 'radio';
    radio.name = 'learner';
    radio.value = learner.name;
    radio.checked = i === 0;
    radio.addEventListener('change', () => choose(learner));
    const unique = methods.filter(m => m === learner.method).length === 1;
    label.title = `${learner.name}: ${learner.method}`;
    label.append(radio, unique && KINDS[learner.method] ? KINDS[learner.method] : learner.name);
    $('learners').append(label);
  }
  for (let i = 0; i < 3; i++) addCard();
  choose(learners[0]);
}

// Three symbols, as somebody may have drawn them.
const circle = (x, y, r, from = 0, to = 6.5) => Array.from({ length: 28 }, (_, i) => {
  const a = from + (to - from) * i / 27;
  return [x + r * Math.cos(a), y + r * Math.sin(a)];
});
const SAMPLES = [
  { name: 'comet', lines: [circle(0.36, 0.62, 0.17), [[0.5, 0.5], [0.62, 0.4], [0.84, 0.16]], [[0.54, 0.62], [0.84, 0.42]]] },
  { name: 'tree', lines: [[[0.5, 0.86], [0.5, 0.16]], [[0.5, 0.6], [0.24, 0.36]], [[0.5, 0.48], [0.76, 0.26]], [[0.34, 0.86], [0.66, 0.86]]] },
  { name: 'knot', lines: [[[0.2, 0.3], [0.4, 0.2], [0.62, 0.36], [0.66, 0.62], [0.46, 0.78], [0.28, 0.62], [0.4, 0.4], [0.64, 0.28], [0.84, 0.34]]] },
];

$('sample').addEventListener('click', () => {
  SAMPLES.forEach((sample, i) => {
    const card = cards[i] ?? addCard();
    card.shots = [];
    card.name.value = sample.name;
    card.relabel();
    card.pad.set(sample.lines);
  });
});
$('wipe').addEventListener('click', () => {
  for (const card of cards) card.clear();
  question.clear();
});
$('clear-question').addEventListener('click', () => { question.clear(); question.canvas.focus(); });
$('step').addEventListener('input', show);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  for (const card of cards) { card.pad.paint(); card.refresh(); }
  question.paint();
  show();
});

start().catch(e => say(`${e.message}.`, true));
