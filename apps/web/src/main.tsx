import '@fontsource-variable/inter/standard.css';
import '@fontsource-variable/jetbrains-mono';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
// With the others, although the palette comes later: a further sheet with a layer makes the browser lay the whole page out anew.
import '@mantine/spotlight/styles.layer.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { activateLocale, chosenLocale } from './i18n/locale.js';
import { App } from './app.js';

/** After an upgrade of the service the parts of the old page are gone: the new page has them. Once, so that a broken build cannot loop. */
addEventListener('vite:preloadError', (event) => {
  if (sessionStorage.getItem('roster-reloaded') === location.href) return;
  sessionStorage.setItem('roster-reloaded', location.href);
  event.preventDefault();
  location.reload();
});

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
const locale = chosenLocale();
await activateLocale(locale);
createRoot(root).render(<StrictMode><App locale={locale} /></StrictMode>);
