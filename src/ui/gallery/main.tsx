/** Mounts the gallery, which `npm run dev` serves and no build contains. */
import '@mantine/core/styles.css';
import '@fontsource-variable/inter/wght.css';
import '../page.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { theme } from '../theme';
import { Gallery } from './Gallery';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with id "root".');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Gallery />
    </MantineProvider>
  </StrictMode>,
);
