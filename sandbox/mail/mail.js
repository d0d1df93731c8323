setInterval(async () => {
  const answer = await fetch('/_control/stats').catch(() => null);
  const stats = answer?.ok ? await answer.json() : null;
  if (stats && String(stats.accepted) !== document.body.dataset.count) location.assign('/');
}, 2000);

for (const frame of document.querySelectorAll('iframe')) {
  const fit = () => {
    const inside = frame.contentDocument?.documentElement;
    if (inside) frame.style.height = `${inside.scrollHeight + 20}px`;
  };
  frame.addEventListener('load', fit);
  fit();
}
