import { signIn } from '@fallover/contract';
import { Button } from '@patternfly/react-core/dist/dynamic/components/Button';
import { TextInput } from '@patternfly/react-core/dist/dynamic/components/TextInput';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useAction } from '../../live/use-action.ts';
import { describedBy, Field } from '../../smit/Field.tsx';
import { ProblemDisplay } from '../../smit/ProblemDisplay.tsx';
import { faultsAt } from '../../smit/problems.ts';

/** Name and password. Signing in reads everything anew, as whoever is signed in may see something else. */
export function SignInForm() {
  const queries = useQueryClient();
  const { register, handleSubmit } = useForm({ defaultValues: { name: '', password: '' } });
  const action = useAction(signIn, ['session'], () => void queries.invalidateQueries());
  const wrong = { name: faultsAt(action.error, 'name'), password: faultsAt(action.error, 'password') };
  return (
    <form className="smit-form smit-form-narrow" onSubmit={handleSubmit((body) => action.mutate({ body }))}>
      {action.error && !action.isPending ? <ProblemDisplay error={action.error} shownFields={['name', 'password']} /> : null}
      <Field id="sign-in-name" label="Name" faults={wrong.name}>
        <TextInput {...describedBy('sign-in-name', wrong.name)} {...register('name')} autoComplete="username" isRequired />
      </Field>
      <Field id="sign-in-password" label="Password" faults={wrong.password}>
        <TextInput
          {...describedBy('sign-in-password', wrong.password)}
          {...register('password')}
          type="password"
          autoComplete="current-password"
          isRequired
        />
      </Field>
      <Button type="submit" variant="primary" isBlock isLoading={action.isPending} isDisabled={action.isPending}>
        Sign in
      </Button>
    </form>
  );
}
