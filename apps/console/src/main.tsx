import '@patternfly/react-core/dist/styles/base.css';
import './smit/density.css';
import './smit/form.css';
import './shell/shell.css';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { z } from 'zod';
import { App } from './App.tsx';
import { applyTheme, storedTheme } from './shell/theme.ts';

// The content security policy forbids eval, which zod would otherwise try.
z.config({ jitless: true });
applyTheme(storedTheme());

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    // Filters live in the URL: as a transition, it would lag behind what is typed, and swallow letters.
    <BrowserRouter useTransitions={false}>
      <App />
    </BrowserRouter>,
  );
