import { lazy, Suspense } from 'react';
import { PanelLoading } from '../smit/PanelLoading.tsx';

const Form = lazy(async () => ({ default: (await import('../panels/sign-in/Panel.tsx')).SignInForm }));

/** Whoever is signed in already, which is nearly always, does not wait for a form. */
export function SignInForm() {
  return (
    <Suspense fallback={<PanelLoading />}>
      <Form />
    </Suspense>
  );
}
