import { createAdministrator } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useLocation, useNavigate } from 'react-router';
import { useAction } from '../../live/use-action.ts';
import { FrontPage } from '../../shell/FrontPage.tsx';
import { describedBy, Field } from '../../smit/Field.tsx';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';
import { faultsAt } from '../../smit/problems.ts';

/** Creates the administrator. The token stands behind `#`, so that no log of requests ever sees it. */
export default function SetUp() {
  const { hash } = useLocation();
  const navigate = useNavigate();
  const [token] = useState(() => decodeURIComponent(hash.slice(1)));
  const form = useForm({ defaultValues: { name: 'admin', password: '', again: '' } });
  const action = useAction(createAdministrator, ['session'], () => void navigate('/', { replace: true }));
  const { errors } = form.formState;
  const wrong = {
    name: faultsAt(action.error, 'name'),
    password: faultsAt(action.error, 'password'),
    again: errors.again?.message ? [errors.again.message] : [],
  };
  if (token === '')
    return (
      <FrontPage title="Create the administrator">
        <p>
          This address lacks its token. Open the whole set-up URL that the first start printed, with what stands behind{' '}
          <code>#</code>.
        </p>
      </FrontPage>
    );
  return (
    <FrontPage title="Create the administrator">
      <p className="smit-help">The administrator configures and runs cluster events. There is no default password.</p>
      <form
        className="smit-form smit-form-narrow"
        onSubmit={form.handleSubmit(({ name, password }) => action.mutate({ body: { token, name, password } }))}
      >
        {action.error && !action.isPending ? <ProblemDisplay error={action.error} shownFields={['name', 'password']} /> : null}
        <Field id="set-up-name" label="Name" marks={['*']} faults={wrong.name}>
          <TextInput {...describedBy('set-up-name', wrong.name)} {...form.register('name')} autoComplete="username" isRequired />
        </Field>
        <Field id="set-up-password" label="Password" marks={['*']} faults={wrong.password}>
          <TextInput
            {...describedBy('set-up-password', wrong.password)}
            {...form.register('password')}
            type="password"
            autoComplete="new-password"
            isRequired
          />
        </Field>
        <Field id="set-up-again" label="Password again" marks={['*']} faults={wrong.again}>
          <TextInput
            {...describedBy('set-up-again', wrong.again)}
            {...form.register('again', {
              validate: (again, { password }) => again === password || 'The two passwords differ. Type the same password twice.',
            })}
            type="password"
            autoComplete="new-password"
            isRequired
          />
        </Field>
        <Button type="submit" variant="primary" isBlock isLoading={action.isPending} isDisabled={action.isPending}>
          Create the administrator
        </Button>
      </form>
    </FrontPage>
  );
}
