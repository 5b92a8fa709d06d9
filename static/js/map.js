/* The map page: moves and lights the map that the server drew. Nothing here is needed: the list
   beside the map leads everywhere. Two canvases lie over the picture: one has all lines and is
   drawn anew only when a move has ended, the other has the lines of one city or tie. */
"use strict";

(() => {
  const atlas = document.querySelector(".atlas");
  const frame = atlas && atlas.querySelector(".map-frame");
  const svg = frame && frame.querySelector("svg");
  if (!svg) return;

  const sheet = JSON.parse(atlas.dataset.sheet);
  const { width: W, height: H } = svg.viewBox.baseVal;
  const RAD = Math.PI / 180, BEND = 0.1, STEPS = 24, MOST_ZOOM = 24, REST = 160, REACH = 14;
  const layer = svg.parentNode;
  const [all, lit] = [0, 1].map(() => {
    const canvas = document.createElement("canvas");
    canvas.setAttribute("aria-hidden", "true");
    layer.append(canvas);
    return canvas.getContext("2d");
  });

  let data, parts = [], names = [], drawn, wanted, pinned = [], box, timer, drag, look;

  // Where things lie: as sistercities/maps/projection.py and arcs.py have it.

  const turn = (lon) => ((((lon - sheet.centre + 180) % 360) + 360) % 360) - 180;

  function project(lon, lat) {
    let x, y;
    if (sheet.cone) {
      const [n, c, middle] = sheet.cone;
      const rho = Math.sqrt(Math.max(0, c - 2 * n * Math.sin(lat * RAD))) / n;
      x = rho * Math.sin(n * lon * RAD);
      y = rho * Math.cos(n * lon * RAD) - middle;
    } else {
      const t = Math.asin(0.8660254037844386 * Math.sin(lat * RAD)), s = t * t, c = s * s * s;
      const slope = 1.340264 - 0.243318 * s + c * (0.006251 + 0.034164 * s);
      x = 1.1547005383792515 * lon * RAD * Math.cos(t) / slope;
      y = -t * (1.340264 - 0.081106 * s + c * (0.000893 + 0.003796 * s));
    }
    return [(x - sheet.left) * sheet.scale, (y - sheet.top) * sheet.scale];
  }

  function control([ax, ay], [bx, by], southern) {
    let dx = bx - ax, dy = by - ay;
    if (dx < 0 || (dx === 0 && dy > 0)) [dx, dy] = [-dx, -dy];
    const side = southern ? -2 * BEND : 2 * BEND;
    return [(ax + bx) / 2 + side * dy, (ay + by) / 2 - side * dx];
  }

  function arc(path, a, b) {
    const southern = a.lat + b.lat < 0;
    if (Math.abs(a.lon - b.lon) <= 180) {
      path.moveTo(...a.at);
      path.quadraticCurveTo(...control(a.at, b.at, southern), ...b.at);
      return;
    }
    // Over the edge of the map: bent in degrees, so that both parts meet the edge at one latitude.
    const edge = a.lon < 0 ? -180 : 180, end = [b.lon + 2 * edge, -b.lat];
    const [cx, cy] = control([a.lon, -a.lat], end, southern);
    let before = [a.lon, -a.lat], crossed = 0;
    path.moveTo(...a.at);
    for (let i = 1; i <= STEPS; i++) {
      const t = i / STEPS, p = (1 - t) * (1 - t), q = 2 * t * (1 - t), r = t * t;
      const lon = p * a.lon + q * cx + r * end[0];
      const y = p * -a.lat + q * Math.max(-88, Math.min(88, cy)) + r * end[1];
      if (!crossed && Math.abs(lon) >= 180) {
        const meeting = before[1] + (edge - before[0]) / (lon - before[0]) * (y - before[1]);
        path.lineTo(...project(edge, -meeting));
        path.moveTo(...project(-edge, -meeting));
        crossed = 2 * edge;
      }
      path.lineTo(...project(lon - crossed, -y));
      before = [lon, y];
    }
  }

  // What is drawn.

  function read(found) {
    let id = 0, most = 1;
    const on = ([x, y]) => !sheet.cone || (x >= 0 && y >= 0 && x <= W && y <= H);
    data = found.names.map((name, n) => {
      const lat = found.lat[n] / 100, lon = turn(found.lon[n] / 100);
      if (found.ids) id += found.ids[n];
      return { id, name, lat, lon, at: project(lon, lat), ties: [], weight: 0 };
    });
    let lines = [];
    found.lines.forEach((steps, n) => {
      let other = n;
      steps.forEach((step, at) => {
        other += step;
        const line = { a: data[n], b: data[other], count: found.counts ? found.counts[n][at] : 1 };
        most = Math.max(most, line.count);
        lines.push(line);
        for (const end of new Set([line.a, line.b])) {
          end.ties.push(line);
          end.weight += line.count;
        }
      });
    });
    lines = lines.filter((line) => on(line.a.at) && on(line.b.at));
    const thin = lines.length > 120 ? 0.8 : 1.4;
    for (const line of lines) line.width = most > 1 ? 0.8 + 6 * Math.sqrt(line.count / most) : thin;
    lines.sort((a, b) => a.width - b.width);
    for (let at = 0; at < lines.length;) {
      const path = new Path2D(), { width } = lines[at];
      let n = 0;
      for (; at < lines.length && n < 25 && lines[at].width === width; at++, n++) {
        arc(path, lines[at].a, lines[at].b);
      }
      parts.push({ path, width });
    }
    // Thin lines are drawn thirty times as fast as others: many ties have no other.
    parts.many = lines.length > 1000;
    parts.alpha = parts.many ? 0.16 : lines.length > 120 ? 0.6 : 1;
    names = data.filter((city) => city.weight && on(city.at)).sort((a, b) => b.weight - a.weight);
  }

  function colours() {
    const style = getComputedStyle(frame), token = (name) => style.getPropertyValue(name).trim();
    look = { arc: token("--arc"), lit: token("--arc-hi"), ink: token("--ink"), page: token("--page"),
      font: style.fontFamily };
  }

  function measure() {
    const { width: w, height: h } = svg.getBoundingClientRect();
    const ratio = window.devicePixelRatio || 1, scale = Math.min(w / W, h / H);
    box = { frame: frame.clientWidth, w, h, ratio, scale, x: (w - W * scale) / 2, y: (h - H * scale) / 2 };
    for (const { canvas } of [all, lit]) {
      canvas.width = Math.round(w * ratio);
      canvas.height = Math.round(h * ratio);
    }
  }

  // From the picture's units to pixels, for a view.
  const zoom = (view) => box.scale * view.k;
  const pixel = ([x, y], view) => [box.w / 2 + (x - view.x) * zoom(view), box.h / 2 + (y - view.y) * zoom(view)];

  function prepare(context) {
    const s = zoom(drawn) * box.ratio;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    context.setTransform(s, 0, 0, s, box.w / 2 * box.ratio - drawn.x * s, box.h / 2 * box.ratio - drawn.y * s);
  }

  function dots(context, cities, radius) {
    context.setTransform(box.ratio, 0, 0, box.ratio, 0, 0);
    context.fillStyle = look.ink;
    context.beginPath();
    for (const city of cities) {
      const [x, y] = pixel(city.at, drawn);
      if (x < 0 || y < 0 || x > box.w || y > box.h) continue;
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 7);
    }
    context.fill();
  }

  function label(context, cities, most) {
    const size = Math.max(13, Math.min(16, box.w / 40)), taken = [];
    context.font = `600 ${size}px ${look.font}`;
    context.lineWidth = size / 4;
    context.lineJoin = "round";
    context.strokeStyle = look.page;
    for (const city of cities) {
      if (taken.length >= most) break;
      const [x, y] = pixel(city.at, drawn), w = context.measureText(city.name).width;
      if (x < 0 || y < 0 || x > box.w || y > box.h) continue;
      const left = [x + 7, x - 7 - w].find((at) => at > 2 && at + w < box.w - 2
        && !taken.some(([l, t, r]) => at < r && l < at + w && Math.abs(t - y) < size * 1.2));
      if (left === undefined || y < size || y > box.h - size / 2) continue;
      taken.push([left, y, left + w]);
      context.strokeText(city.name, left, y + size / 3);
      context.fillText(city.name, left, y + size / 3);
    }
  }

  let turnOf = 0;

  function drawAll(at = 0, mine = ++turnOf) {
    if (mine !== turnOf) return;
    if (at === 0) prepare(all);
    all.strokeStyle = look.arc;
    const end = performance.now() + 24;
    for (; at < parts.length && performance.now() < end; at++) {
      const { width } = parts[at];
      all.lineWidth = (parts.many && width < 1 ? 1 / box.ratio : width) / zoom(drawn);
      all.globalAlpha = Math.min(1, parts.alpha * Math.max(1, width));
      all.stroke(parts[at].path);
    }
    if (at < parts.length) {
      requestAnimationFrame(() => drawAll(at, mine));
      return;
    }
    all.globalAlpha = 1;
    dots(all, data, Math.min(3, Math.max(0.8, 20 / Math.sqrt(data.length)) * Math.sqrt(drawn.k)));
    label(all, names, drawn.k > 1 ? 12 : 5);
    performance.mark("map-drawn");
  }

  function light(lines, city) {
    performance.mark("map-light");
    prepare(lit);
    atlas.classList.toggle("atlas-lit", lines.length > 0);
    if (lines.length) {
      const path = new Path2D(), ends = new Set();
      for (const line of lines) {
        arc(path, line.a, line.b);
        ends.add(line.a).add(line.b);
      }
      lit.strokeStyle = look.lit;
      lit.lineWidth = 3.5 / zoom(drawn);
      lit.stroke(path);
      dots(lit, ends, 3.5);
      ends.delete(city);
      label(lit, [...(city ? [city] : []), ...[...ends].sort((a, b) => b.weight - a.weight)], 8);
    }
    performance.mark("map-lit");
  }

  const relight = () => light(pinned.lines || [], pinned.city);

  function draw() {
    const seen = [drawn.x - W / 2 / drawn.k, drawn.y - H / 2 / drawn.k, W / drawn.k, H / drawn.k].join(" ");
    if (svg.getAttribute("viewBox") !== seen) svg.setAttribute("viewBox", seen);
    drawAll();
    relight();
  }

  // Moving. What was drawn is moved by a transform; once it rests, it is drawn anew.

  function inside({ x, y, k }) {
    k = Math.max(1, Math.min(MOST_ZOOM, k));
    const hold = (at, whole) => Math.max(whole / 2 / k, Math.min(whole - whole / 2 / k, at));
    return { x: hold(x, W), y: hold(y, H), k };
  }

  function move(view, wait = REST) {
    wanted = inside(view);
    const grow = wanted.k / drawn.k;
    const x = (drawn.x - wanted.x) * zoom(wanted), y = (drawn.y - wanted.y) * zoom(wanted);
    layer.style.transform = `translate(${x}px, ${y}px) scale(${grow})`;
    clearTimeout(timer);
    timer = setTimeout(settle, wait);
  }

  function settle() {
    drawn = wanted;
    layer.style.transition = "none";
    layer.style.transform = "";
    draw();
    requestAnimationFrame(() => { layer.style.transition = ""; });
    const hash = drawn.k > 1 ? `#${[sheet.code, drawn.k, drawn.x, drawn.y].map((one) => +one ? +(+one).toFixed(1) : one).join("/")}` : "";
    history.replaceState(null, "", location.pathname + location.search + hash);
    for (const link of document.querySelectorAll("main a[href], a.language")) {
      if (link.pathname === location.pathname || link.className === "language") link.hash = hash;
    }
  }

  function middle() {
    const city = pinned.city;
    if (city) return { x: city.at[0], y: city.at[1] };
    const sum = { x: 0, y: 0, n: 0 };
    for (const { at: [x, y], weight } of names.slice(0, 30)) {
      sum.x += x * weight;
      sum.y += y * weight;
      sum.n += weight;
    }
    return sum.n ? { x: sum.x / sum.n, y: sum.y / sum.n } : { x: W / 2, y: H / 2 };
  }

  function press(key) {
    const step = 0.25, { x, y, k } = wanted;
    // The first step closer goes to where the ties are, not into the middle of an ocean.
    const closer = k > 1 ? { x, y, k: k * 1.6 } : { ...middle(), k: 1.6 };
    const moves = {
      "+": closer, "=": closer,
      "-": { x, y, k: k / 1.6 }, "_": { x, y, k: k / 1.6 },
      ArrowLeft: { x: x - W / k * step, y, k }, ArrowRight: { x: x + W / k * step, y, k },
      ArrowUp: { x, y: y - H / k * step, k }, ArrowDown: { x, y: y + H / k * step, k },
      0: { x: W / 2, y: H / 2, k: 1 },
    };
    if (moves[key]) move(moves[key]);
    return key in moves;
  }

  function nearest(event) {
    const around = frame.getBoundingClientRect();
    const px = event.clientX - around.left, py = event.clientY - around.top;
    let best, least = REACH * REACH;
    for (const city of data) {
      const [x, y] = pixel(city.at, drawn), far = (x - px) ** 2 + (y - py) ** 2;
      // Of cities that lie close together, the one with more ties is meant.
      const score = far < REACH * REACH ? far - Math.min(60, 3 * city.weight) : far;
      if (score < least) [best, least] = [city, score];
    }
    return best;
  }

  function listen() {
    frame.tabIndex = 0;
    frame.addEventListener("keydown", (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.altKey && press(event.key)) event.preventDefault();
    });
    atlas.querySelector(".atlas-buttons").addEventListener("click", (event) => press(event.target.value));

    frame.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "touch" || event.button) return;
      drag = { x: event.clientX, y: event.clientY, from: wanted, far: 0 };
      layer.style.transition = "none";
    });
    addEventListener("pointermove", (event) => {
      if (!drag) return;
      const x = event.clientX - drag.x, y = event.clientY - drag.y, { from } = drag;
      drag.far = Math.max(drag.far, Math.abs(x) + Math.abs(y));
      if (drag.far > 4) move({ x: from.x - x / zoom(from), y: from.y - y / zoom(from), k: from.k });
    });
    for (const name of ["pointerup", "pointercancel"]) {
      addEventListener(name, () => setTimeout(() => { drag = undefined; }));
    }
    frame.addEventListener("click", (event) => {
      const city = !(drag && drag.far > 4) && nearest(event);
      if (city && city.id) location.href = atlas.dataset.lit + city.id + location.hash;
    });

    let under;
    frame.addEventListener("pointermove", (event) => {
      const city = drag || drawn !== wanted ? undefined : nearest(event);
      if (city === under) return;
      under = city;
      atlas.classList.toggle("atlas-city", Boolean(city && city.id));
      if (city) light(city.ties, city);
      else relight();
    });
    frame.addEventListener("pointerleave", () => { under = undefined; relight(); });

    const byId = new Map(data.map((city) => [String(city.id), city]));
    for (const row of document.querySelectorAll("tr[data-ends]")) {
      const [a, b] = row.dataset.ends.split(" ").map((id) => byId.get(id));
      const line = a && b && a.ties.find((one) => one.a === b || one.b === b);
      if (!line) continue;
      for (const name of ["mouseenter", "focusin"]) row.addEventListener(name, () => light([line]));
      for (const name of ["mouseleave", "focusout"]) row.addEventListener(name, relight);
    }
    const own = byId.get(atlas.dataset.city);
    if (own) pinned = { lines: own.ties, city: own };
  }

  // Lets the browser do something else in between.
  const pause = () => new Promise((ready) => setTimeout(ready));

  async function start() {
    const answer = await fetch(atlas.dataset.url);
    if (!answer.ok) return;
    const found = await answer.json();
    performance.mark("map-data");
    const [code, k, x, y] = location.hash.slice(1).split("/");
    const asked = code === sheet.code && [k, x, y].every((one) => Number.isFinite(+one) && one);
    drawn = wanted = inside(asked ? { x: +x, y: +y, k: +k } : { x: W / 2, y: H / 2, k: 1 });
    colours();
    measure();
    await pause();
    read(found);
    listen();
    await pause();
    atlas.classList.add("atlas-live");
    draw();
    new ResizeObserver(() => {
      if (Math.abs(frame.clientWidth - box.frame) < 1) return;
      measure();
      draw();
    }).observe(frame);
    addEventListener("beforeprint", () => svg.setAttribute("viewBox", `0 0 ${W} ${H}`));
    addEventListener("afterprint", draw);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { colours(); draw(); });
  }

  start();
})();
