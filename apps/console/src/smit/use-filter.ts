import { useSearchParams } from 'react-router';

/** A filter that lives in the URL, so that it can be kept, sent and gone back to. An empty value leaves it. */
export function useFilter<Name extends string>(
  names: readonly Name[],
): [{ [Key in Name]?: string | undefined }, (changes: { [Key in Name]?: string | undefined }) => void] {
  const [search, setSearch] = useSearchParams();
  const filter: { [Key in Name]?: string | undefined } = {};
  for (const name of names) filter[name] = search.get(name) ?? undefined;
  const change = (changes: { [Key in Name]?: string | undefined }): void =>
    setSearch(
      (known) => {
        const next = new URLSearchParams(known);
        for (const [name, value] of Object.entries(changes)) {
          if (value) next.set(name, String(value));
          else next.delete(name);
        }
        return next;
      },
      { replace: true },
    );
  return [filter, change];
}
