/* Before the first paint: the scheme a reader chose by hand, and word that scripts run. */
(() => {
  const root = document.documentElement;
  root.classList.add('js');
  try {
    const chosen = localStorage.getItem('theme');
    if (chosen === 'light' || chosen === 'dark') root.dataset.theme = chosen;
  } catch { /* Storage is closed to us: the page follows the system. */ }
})();
