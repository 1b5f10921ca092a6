// Shows the values under the pointer; the page is complete without it.
const tip = document.getElementById("tip");
for (const svg of document.querySelectorAll("svg[data-chart]")) {
  const chart = JSON.parse(svg.dataset.chart);
  const cursor = svg.querySelector(".cursor");
  svg.addEventListener("pointermove", (event) => {
    const box = svg.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width;
    const near = chart.series
      .filter((series) => series.points.length)
      .map((series) => ({
        ...series,
        point: series.points.reduce((a, b) => (Math.abs(b[0] - at) < Math.abs(a[0] - at) ? b : a)),
      }))
      .filter((series) => Math.abs(series.point[0] - at) < 12);
    if (!near.length) return leave();
    near.sort((a, b) => Math.abs(a.point[0] - at) - Math.abs(b.point[0] - at));
    const first = near[0].point;
    tip.replaceChildren(document.createTextNode(chart.x + " " + first[1]));
    for (const series of chart.series) {
      const found = near.find((other) => other.name === series.name);
      if (!found) continue;
      const line = document.createElement("div");
      line.className = series.style;
      line.append(document.createElement("i"), series.name + " " + found.point[2]);
      tip.append(line);
    }
    tip.hidden = false;
    const left = event.clientX + 16 + tip.offsetWidth > innerWidth ? event.clientX - 16 - tip.offsetWidth : event.clientX + 16;
    tip.style.left = left + "px";
    tip.style.top = event.clientY + 12 + "px";
    cursor.setAttribute("x1", first[0]);
    cursor.setAttribute("x2", first[0]);
    cursor.style.visibility = "visible";
  });
  const leave = () => {
    tip.hidden = true;
    cursor.style.visibility = "hidden";
  };
  svg.addEventListener("pointerleave", leave);
}
