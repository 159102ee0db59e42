// Before the first paint: the chosen colours, so that a dark page never flashes white. A file of its own, because the policy of the page runs no inline script.
(function () {
  var chosen = null;
  try { chosen = localStorage.getItem('roster-color-scheme'); } catch { /* storage is blocked: the system decides */ }
  var dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
