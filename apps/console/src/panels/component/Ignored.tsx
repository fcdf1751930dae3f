import { useQuery } from '@tanstack/react-query';
import { IGNORED_FOR } from '@fallover/events';
import { visible } from '../../smit/ansi.ts';
import { componentVerificationQuery } from '../../smit/components/queries.ts';

/** Files in the directory that are no event scripts, each with why. */
export function Ignored({ component }: { component: string }) {
  const findings = useQuery(componentVerificationQuery(component)).data?.findings ?? [];
  const ignored = findings.filter(({ code }) => IGNORED_FOR.some((why) => why === code));
  if (ignored.length === 0) return null;
  return (
    <section aria-label="Ignored files">
      <h2>Ignored files</h2>
      <ul className="smit-sentences">
        {ignored.map(({ file, sentence }) => (
          <li key={file}>{visible(sentence)}</li>
        ))}
      </ul>
    </section>
  );
}
