/** The fields of an entry of the draft. */
type Fields = Readonly<Record<string, { cluster?: unknown; nodes?: Readonly<Record<string, unknown>> } | undefined>>;

/** One value: of a field, for the cluster or for a node. */
interface Place {
  field: string;
  node?: string | undefined;
}

/** The values in which two entries differ. */
export function differingPlaces(before: object, after: object): Place[] {
  const [a, b] = [before as Fields, after as Fields];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((field) => {
    const nodes = new Set([...Object.keys(a[field]?.nodes ?? {}), ...Object.keys(b[field]?.nodes ?? {})]);
    return [undefined, ...nodes].map((node) => ({ field, node })).filter((place) => !isSame(a, b, place));
  });
}

/** The values that I change and somebody else has changed as well, since I read them, to something else than I want. */
export const contestedValues = (read: object, mine: object, theirs: object): (Place & { mine: unknown; theirs: unknown })[] =>
  differingPlaces(read, mine)
    .filter((place) => !isSame(read as Fields, theirs as Fields, place) && !isSame(mine as Fields, theirs as Fields, place))
    .map((place) => ({ ...place, mine: valueAt(mine as Fields, place), theirs: valueAt(theirs as Fields, place) }));

const isSame = (a: Fields, b: Fields, place: Place): boolean =>
  JSON.stringify(valueAt(a, place)) === JSON.stringify(valueAt(b, place));

const valueAt = (fields: Fields, { field, node }: Place): unknown =>
  node === undefined ? fields[field]?.cluster : fields[field]?.nodes?.[node];
