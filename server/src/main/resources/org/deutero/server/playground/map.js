// Two principal axes of some feature vectors, and points along them.

/** The plane through the mean of vectors along which they differ most; a function from a vector to [x, y]. */
export function plane(vectors) {
  const n = vectors.length;
  const width = vectors[0].length;
  const mean = Array.from({ length: width }, (_, j) => vectors.reduce((sum, v) => sum + v[j], 0) / n);
  let rows = vectors.map(v => v.map((x, j) => x - mean[j]));
  const axes = [];
  for (let a = 0; a < 2; a++) {
    const axis = first(rows, width);
    axes.push(axis);
    rows = rows.map(row => {
      const along = dot(row, axis);
      return row.map((x, j) => x - along * axis[j]);
    });
  }
  return v => {
    const centred = v.map((x, j) => x - mean[j]);
    return axes.map(axis => dot(centred, axis));
  };
}

/** By power iteration; zeros where nothing is left. */
function first(rows, width) {
  let axis = rows.reduce((best, row) => (dot(row, row) > dot(best, best) ? row : best), new Array(width).fill(0));
  for (let i = 0; i < 60; i++) {
    const next = new Array(width).fill(0);
    for (const row of rows) {
      const along = dot(row, axis);
      row.forEach((x, j) => { next[j] += along * x; });
    }
    const length = Math.sqrt(dot(next, next));
    if (length < 1e-9) return new Array(width).fill(0);
    axis = next.map(x => x / length);
  }
  return axis;
}

function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
