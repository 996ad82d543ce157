/** Mounts the page and starts its worker. */
import '@mantine/core/styles.css';
import '@fontsource-variable/inter/wght.css';
import './ui/page.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ErrorBoundary } from 'react-error-boundary';
import { isFailedImport } from './store/missing-code';
import { playground } from './store/use-playground';
import { App } from './ui/App';
import { PageFailure } from './ui/lazyPart';
import { theme } from './ui/theme';

// Before the first paint: the worker's script loads while React renders.
const { followLink, connect, openLibrary, reportMissing } = playground.getState();
followLink(window.location.hash);
window.addEventListener('hashchange', () => followLink(window.location.hash));
// Once settings of a link are changed, the address loses it: a reload would bring back what they were.
playground.subscribe((state, previous) => {
  const { hash, pathname, search } = window.location;
  const isEdited = state.draft !== previous.draft && state.link === null;
  if (isEdited && hash !== '') window.history.replaceState(window.history.state, '', pathname + search);
});
// Menus and buttons whose code does not come: parts of the page say so in their own place.
window.addEventListener('unhandledrejection', (event) => {
  if (!isFailedImport(event.reason)) return;
  event.preventDefault();
  void reportMissing(event.reason.message);
});
void connect();
void openLibrary();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with id "root".');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <ErrorBoundary FallbackComponent={PageFailure}>
        <App />
      </ErrorBoundary>
    </MantineProvider>
  </StrictMode>,
);
