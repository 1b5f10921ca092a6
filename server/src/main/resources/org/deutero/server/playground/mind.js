// The learner's side of the page: classifiers of what is drawn, made anew when that changes, one for each number of steps where there are steps.
import { call } from '/api.js';

export class Mind {
  constructor(learner) {
    this.learner = learner;
    this.path = `/v1/learners/${encodeURIComponent(learner.name)}`;
    this.ids = [];
    this.features = [];
    this.version = 0;
  }

  /** Learns classes, [{name, pictures}]; resolves to whether it is still the newest to learn. */
  async learn(classes) {
    const version = ++this.version;
    const body = { classes: Object.fromEntries(classes.map(c => [c.name, c.pictures])) };
    const most = this.learner.steps;
    const queries = most ? Array.from({ length: most + 1 }, (_, k) => `?temporary=true&steps=${k}`) : ['?temporary=true'];
    const made = await Promise.allSettled(queries.map(q => call('POST', `${this.path}/classifiers${q}`, body)));
    const ids = made.filter(m => m.status === 'fulfilled').map(m => m.value.id);
    const failed = made.find(m => m.status === 'rejected');
    if (failed || version !== this.version) {
      this.drop(ids);
      if (failed && version === this.version) throw failed.reason;
      return false;
    }
    const features = this.learner.embeds ? await this.embed(classes.flatMap(c => c.pictures)) : [];
    if (version !== this.version) {
      this.drop(ids);
      return false;
    }
    this.drop(this.ids);
    this.ids = ids;
    this.features = features;
    return true;
  }

  /** Answers after each number of steps, the last is the one that counts; and the features of the picture. */
  async ask(picture) {
    const body = { pictures: [picture] };
    const [answers, features] = await Promise.all([
      Promise.all(this.ids.map(id => call('POST', `${this.path}/classifiers/${id}/predict`, body))),
      this.learner.embeds ? this.embed([picture]) : []]);
    return { answers: answers.map(a => a.answers[0]), features: features[0] };
  }

  async embed(pictures) {
    return (await call('POST', `${this.path}/embeddings`, { pictures })).features;
  }

  drop(ids) {
    for (const id of ids) call('DELETE', `${this.path}/classifiers/${id}`).catch(() => {});
  }

  forget() {
    this.version++;
    this.drop(this.ids);
    this.ids = [];
    this.features = [];
  }
}
